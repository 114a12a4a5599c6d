package dev.adjoint.testkit;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Operand types that probably break the law of an operator, made from such that keep it.
///
/// @param fitting what the operator takes
record Misfits(List<TensorType> fitting) {
    /// More elements along one axis than a Java array holds.
    private static final long HUGE = 1L << 40;

    /// All of them.
    Set<List<TensorType>> all() {
        Set<List<TensorType>> all = new LinkedHashSet<>();
        otherNumbers().forEach(all::add);
        for (DType dtype : DType.values()) {
            each(type -> Stream.of(type.withDtype(dtype))).forEach(all::add);
            all.add(fitting.stream().map(type -> type.withDtype(dtype)).toList());
        }
        each(Misfits::otherRanks).forEach(all::add);
        each(type -> otherExtents(type, extent -> extent + 1)).forEach(all::add);
        each(type -> otherExtents(type, _ -> 1L)).forEach(all::add);
        all.remove(fitting);
        return all;
    }

    /// Types with so many elements that no memory holds them; some with more than a long counts together.
    Set<List<TensorType>> huge() {
        Set<List<TensorType>> huge = new LinkedHashSet<>();
        each(type -> otherExtents(type, _ -> HUGE)).forEach(huge::add);
        Set<Long> extents = new LinkedHashSet<>();
        fitting.forEach(type -> extents.addAll(extents(type)));
        for (long extent : extents) {
            List<TensorType> grown = new ArrayList<>();
            for (TensorType type : fitting) {
                grown.add(Collections.frequency(extents(type), extent) > 1 ? type : replaced(type, extent));
            }
            huge.add(List.copyOf(grown));
        }
        huge.remove(fitting);
        return huge;
    }

    private static List<Long> extents(TensorType type) {
        List<Long> extents = new ArrayList<>();
        for (long extent : type.shape().dims()) {
            extents.add(extent);
        }
        return extents;
    }

    private static TensorType replaced(TensorType type, long extent) {
        return type.withShape(
                Shape.of(extents(type).stream().map(e -> e == extent ? HUGE : e).toList()));
    }

    private List<List<TensorType>> otherNumbers() {
        List<List<TensorType>> others = new ArrayList<>(List.of(List.of()));
        List<TensorType> more = new ArrayList<>(fitting);
        more.add(fitting.isEmpty() ? TensorType.of(DType.F64) : fitting.getLast());
        others.add(List.copyOf(more));
        if (!fitting.isEmpty()) {
            others.add(fitting.subList(0, fitting.size() - 1));
            others.add(fitting.reversed());
        }
        return others;
    }

    /// One operand at a time replaced by others.
    private Stream<List<TensorType>> each(Function<TensorType, Stream<TensorType>> others) {
        List<List<TensorType>> all = new ArrayList<>();
        for (int i = 0; i < fitting.size(); i++) {
            int operand = i;
            others.apply(fitting.get(i)).forEach(other -> {
                List<TensorType> changed = new ArrayList<>(fitting);
                changed.set(operand, other);
                all.add(List.copyOf(changed));
            });
        }
        return all.stream();
    }

    private static Stream<TensorType> otherRanks(TensorType type) {
        Shape shape = type.shape();
        Stream<Shape> larger =
                Stream.of(Shape.scalar(), shape.append(1), shape.append(2), shape.prepend(1), shape.prepend(2));
        Stream<Shape> smaller = shape.rank() == 0
                ? Stream.of()
                : Stream.of(shape.part(1, shape.rank()), shape.part(0, shape.rank() - 1));
        return Stream.concat(larger, smaller).map(type::withShape);
    }

    private static Stream<TensorType> otherExtents(TensorType type, UnaryOperator<Long> change) {
        Stream.Builder<TensorType> others = Stream.builder();
        for (int axis = 0; axis < type.rank(); axis++) {
            others.add(type.withShape(type.shape().with(axis, change.apply(type.dim(axis)))));
        }
        return others.build();
    }
}

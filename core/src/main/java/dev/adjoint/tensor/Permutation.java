package dev.adjoint.tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// An order of axes: axis `i` of the result is axis `order(i)` of the operand.
public record Permutation(List<Integer> order) {
    public Permutation {
        order = List.copyOf(order);
        if (!order.stream()
                .sorted()
                .toList()
                .equals(IntStream.range(0, order.size()).boxed().toList())) {
            throw new InvalidArgument("a permutation of " + order.size() + " axes names each of 0.."
                    + (order.size() - 1) + " once, not " + order);
        }
    }

    public static Permutation of(int... order) {
        return new Permutation(IntStream.of(order).boxed().toList());
    }

    public static Permutation identity(int rank) {
        return new Permutation(IntStream.range(0, rank).boxed().toList());
    }

    public int size() {
        return order.size();
    }

    public int at(int axis) {
        return order.get(axis);
    }

    public boolean isIdentity() {
        return equals(identity(size()));
    }

    /// The permutation that undoes this one.
    public Permutation inverse() {
        Integer[] result = new Integer[size()];
        for (int axis = 0; axis < size(); axis++) {
            result[at(axis)] = axis;
        }
        return new Permutation(List.of(result));
    }

    /// The single permutation that equals this one followed by `next`.
    public Permutation then(Permutation next) {
        return new Permutation(next.order.stream().map(order::get).toList());
    }

    public Shape apply(Shape shape) {
        return Shape.of(order.stream().map(shape::dim).toList());
    }

    /// The same order of tensors that have gained one axis in front.
    public Permutation behindBatch() {
        List<Integer> shifted = new ArrayList<>(List.of(0));
        order.forEach(axis -> shifted.add(axis + 1));
        return new Permutation(shifted);
    }
}

package dev.adjoint.draw;

import dev.adjoint.op.Op;
import dev.adjoint.op.composite.AveragePool;
import dev.adjoint.op.composite.LogSoftmax;
import dev.adjoint.op.composite.LogSumExp;
import dev.adjoint.op.composite.MaxPool;
import dev.adjoint.op.composite.Mean;
import dev.adjoint.op.composite.Prod;
import dev.adjoint.op.composite.Softmax;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.indexing.ArgMax;
import dev.adjoint.op.indexing.ArgMin;
import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.movement.Concat;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.reduction.Max;
import dev.adjoint.op.reduction.Min;
import dev.adjoint.op.reduction.Sum;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/// The attributes of an operator in a few words. What the shapes beside it tell already is left out, and so is what has
/// its usual value.
final class OperatorDetail {
    private OperatorDetail() {}

    static String of(Op op, List<TensorType> operands) {
        return switch (op) {
            case Convolution(var window, var groups) ->
                join(taps(operands.get(1).shape(), window), sliding(window), unless(1, groups, "groups "));
            case MaxPool(var window, var taps) -> join(product(taps), sliding(window));
            case AveragePool(var window, var taps) -> join(product(taps), sliding(window));
            case Sum(var axes) -> axes(axes, operands);
            case Max(var axes) -> axes(axes, operands);
            case Min(var axes) -> axes(axes, operands);
            case Mean(var axes) -> axes(axes, operands);
            case Prod(var axes) -> axes(axes, operands);
            case LogSumExp(var axes) -> axes(axes, operands);
            case ArgMax(var axes) -> axes(axes, operands);
            case ArgMin(var axes) -> axes(axes, operands);
            case Softmax(var axis) -> "axis " + axis;
            case LogSoftmax(var axis) -> "axis " + axis;
            case Concat(var axis) -> "axis " + axis;
            case Gather(var axes) -> axes(axes);
            case Permute(var order) -> "order " + order.order();
            default -> "";
        };
    }

    private static String join(String... parts) {
        return Arrays.stream(parts).filter(part -> !part.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String taps(Shape kernel, Window window) {
        return product(kernel.trailing(window.rank()));
    }

    private static String product(Shape taps) {
        return Arrays.stream(taps.dims()).mapToObj(Long::toString).collect(Collectors.joining("×"));
    }

    private static String sliding(Window window) {
        return join(
                each(window, 1, "stride ", Window.Axis::stride),
                each(window, 0, "padding ", axis -> Math.max(axis.low(), axis.high())),
                each(window, 1, "dilation ", Window.Axis::dilation));
    }

    private static String each(Window window, long usual, String name, ToLongFunction<Window.Axis> of) {
        List<Long> values = new ArrayList<>();
        window.axes().forEach(axis -> values.add(of.applyAsLong(axis)));
        if (values.stream().distinct().count() == 1) {
            return unless(usual, values.getFirst(), name);
        }
        return name + values.stream().map(Object::toString).collect(Collectors.joining("×"));
    }

    private static String unless(long usual, long value, String name) {
        return value == usual ? "" : name + value;
    }

    private static String axes(Axes axes, List<TensorType> operands) {
        List<Integer> all = axes.in(operands.getFirst().shape());
        if (all.size() == operands.getFirst().rank()) {
            return "";
        }
        return axes(all);
    }

    private static String axes(List<Integer> axes) {
        String list = axes.stream().map(Object::toString).collect(Collectors.joining(", "));
        return (axes.size() == 1 ? "axis " : "axes ") + list;
    }
}

package dev.adjoint.tensor.einsum;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Axes of two tensors to be summed over together.
record AxisPairs(List<Integer> left, List<Integer> right) {
    private static final char FIRST_LEFT = '\u1000';
    private static final char FIRST_RIGHT = '\u2000';

    Tensor product(String operator, Tensor x, Tensor y) {
        List<Integer> xs = left.stream().map(x.shape()::axis).toList();
        List<Integer> ys = right.stream().map(y.shape()::axis).toList();
        if (xs.size() != ys.size()
                || xs.stream().distinct().count() != xs.size()
                || ys.stream().distinct().count() != ys.size()) {
            throw new InvalidArgument(operator + ": axes " + left + " of " + x.type() + " and " + right + " of "
                    + y.type() + " are no pairs of different axes");
        }
        StringBuilder rows = labels(FIRST_LEFT, x.rank());
        StringBuilder columns = labels(FIRST_RIGHT, y.rank());
        for (int i = 0; i < xs.size(); i++) {
            if (x.dim(xs.get(i)) != y.dim(ys.get(i))) {
                throw new ShapeMismatch(
                        operator,
                        List.of(x.type(), y.type()),
                        "axis " + xs.get(i) + " of the left side (" + x.dim(xs.get(i)) + ") must equal axis "
                                + ys.get(i) + " of the right side (" + y.dim(ys.get(i)) + ")");
            }
            columns.setCharAt(ys.get(i), rows.charAt(xs.get(i)));
        }
        String needed = Labels.without(rows.toString(), columns.toString())
                + Labels.without(columns.toString(), rows.toString());
        return new Labelled(x, rows.toString())
                .times(new Labelled(y, columns.toString()), needed)
                .tensor();
    }

    private static StringBuilder labels(char first, int count) {
        StringBuilder labels = new StringBuilder();
        for (int axis = 0; axis < count; axis++) {
            labels.append((char) (first + axis));
        }
        return labels;
    }
}

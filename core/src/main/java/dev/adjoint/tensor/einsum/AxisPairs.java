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
        check(operator, x, y);
        StringBuilder rows = labels(FIRST_LEFT, x.rank());
        StringBuilder columns = labels(FIRST_RIGHT, y.rank());
        for (int i = 0; i < xs.size(); i++) {
            columns.setCharAt(ys.get(i), rows.charAt(xs.get(i)));
        }
        Labelled factor = new Labelled(y, columns.toString());
        String needed =
                Labels.without(rows.toString(), factor.labels()) + Labels.without(factor.labels(), rows.toString());
        return new Labelled(x, rows.toString()).times(factor, needed).tensor();
    }

    private void check(String operator, Tensor x, Tensor y) {
        if (left.size() != right.size() || repeats(x, left) || repeats(y, right)) {
            throw new InvalidArgument(operator + ": axes " + left + " of " + x.type() + " and " + right + " of "
                    + y.type() + " are no pairs of different axes");
        }
        for (int i = 0; i < left.size(); i++) {
            int row = x.shape().axis(left.get(i));
            int column = y.shape().axis(right.get(i));
            if (x.dim(row) != y.dim(column)) {
                throw new ShapeMismatch(
                        operator,
                        List.of(x.type(), y.type()),
                        "axis " + row + " of the left side (" + x.dim(row) + ") must equal axis " + column
                                + " of the right side (" + y.dim(column) + ")");
            }
        }
    }

    private static boolean repeats(Tensor x, List<Integer> axes) {
        return axes.stream().map(x.shape()::axis).distinct().count() != axes.size();
    }

    private static StringBuilder labels(char first, int count) {
        StringBuilder labels = new StringBuilder();
        for (int axis = 0; axis < count; axis++) {
            labels.append((char) (first + axis));
        }
        return labels;
    }
}

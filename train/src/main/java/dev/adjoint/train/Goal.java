package dev.adjoint.train;

import dev.adjoint.tensor.InvalidArgument;
import java.util.Map;

/// A figure of the validation, and which way is better.
///
/// @param metric its name
/// @param direction which way
public record Goal(String metric, Direction direction) {
    /// Which of two figures is better.
    public enum Direction {
        SMALLER,
        LARGER
    }

    /// A figure to be made small, such as a loss.
    public static Goal smallest(String metric) {
        return new Goal(metric, Direction.SMALLER);
    }

    /// A figure to be made large, such as an accuracy.
    public static Goal largest(String metric) {
        return new Goal(metric, Direction.LARGER);
    }

    /// The figure with its sign changed where larger is better, so that smaller always is.
    ///
    /// @throws InvalidArgument if the validation has no such figure
    public double cost(Map<String, Double> figures) {
        Double figure = figures.get(metric);
        if (figure == null) {
            throw new InvalidArgument("the validation has no figure called '" + metric + "', only "
                    + (figures.isEmpty() ? "none at all" : String.join(", ", figures.keySet())));
        }
        return direction == Direction.SMALLER ? figure : -figure;
    }
}

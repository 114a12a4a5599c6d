package dev.adjoint.run;

import dev.adjoint.tensor.InvalidArgument;

/// A compiled function of numbers, without tensors around them: it reads the numbers of its arguments from one array and
/// writes those of its results to another, tensor after tensor, each in row-major order.
///
/// Where every tensor is one number and every operator works element by element, the whole function is one Java method that
/// allocates nothing: what a programmer would write by hand. Else it goes by way of tensors. Numbers are rounded to the
/// element types of the arguments; the results are those of [Compiled#apply]. Any number of threads may call it at once.
///
/// {@snippet :
/// record Point(Tensor x, Tensor y) {}
///
/// Compiled<Point, Point> gradient = Compiled.of(grad((Point p) -> p.x().mul(p.y().exp())));
/// NumericFunction numeric = gradient.numeric(new Point(Array.scalar(0.0), Array.scalar(0.0)));
/// double[] byXAndY = numeric.apply(2, 0.5);
/// }
///
/// @see Compiled#numeric
public interface NumericFunction {
    /// Computes the results.
    ///
    /// @param arguments the numbers of all arguments
    /// @param results where the numbers of all results go; may be the same array
    /// @throws InvalidArgument if the arrays are not as long as the function's arguments and results
    void apply(double[] arguments, double[] results);

    /// How many numbers the function returns.
    int results();

    /// The results in a new array.
    ///
    /// @param arguments the numbers of all arguments
    /// @throws InvalidArgument if there are more or fewer than the function's
    default double[] apply(double... arguments) {
        double[] results = new double[results()];
        apply(arguments, results);
        return results;
    }

    /// Tests the lengths of arguments and results.
    ///
    /// @throws InvalidArgument if there are others than the function's
    static void check(double[] arguments, int argumentsWanted, double[] results, int resultsWanted) {
        if (arguments.length != argumentsWanted || results.length != resultsWanted) {
            throw new InvalidArgument("a function of " + argumentsWanted + " numbers with " + resultsWanted
                    + " results was called with " + arguments.length + " numbers and room for " + results.length);
        }
    }
}

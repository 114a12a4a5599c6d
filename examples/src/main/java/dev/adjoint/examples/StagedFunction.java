package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.valueAndGrad;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.NumericFunction;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Transformations.ValueAndGradient;
import java.util.Locale;

/// Lesson 3, backpropagation written down line by line: f(x, y) = (x + σ(y)) / (σ(x) + (x + y)²).
///
/// Nobody wants to differentiate this on paper, and nobody has to. The forward pass computes it in stages and keeps
/// every intermediate; the backward pass walks through the stages in the opposite order, and each line is one local
/// derivative times the gradient of its result:
///
/// ```
/// c = a + b    da = dc           db = dc
/// c = a·b      da = b·dc         db = a·dc
/// c = 1/a      da = −dc/a²
/// c = a²       da = 2a·dc
/// c = σ(a)     da = (1 − c)·c·dc
/// ```
///
/// Two rules are easy to forget. The backward pass needs intermediates of the forward pass, so they must be kept. And
/// where a variable was used more than once, its gradients add (`+=`, never `=`): x is used three times here.
///
/// `valueAndGrad` does the same to the graph of `f`, so at (3, −4) both agree to twelve digits and more.
/// Compiled, the gradient is the Java method that one would write: numbers in, numbers out.
///
/// Source: CS231n, Backpropagation in practice: Staged computation, <https://cs231n.github.io/optimization-2/>.
public final class StagedFunction {
    private StagedFunction() {}

    /// The arguments, and also their gradients.
    public record Point(Tensor x, Tensor y) {}

    // @start region="library"
    static Tensor f(Point p) {
        Tensor numerator = p.x().add(p.y().sigmoid());
        Tensor denominator = p.x().sigmoid().add(p.x().add(p.y()).square());
        return numerator.div(denominator);
    }
    // @end region="library"

    // @start region="forward"
    /// Every intermediate of the forward pass, kept for the backward pass.
    record Stages(double sigmoidY, double numerator, double sigmoidX, double sum, double denominator, double inverse) {
        static Stages forward(double x, double y) {
            double sigmoidY = 1 / (1 + Math.exp(-y));
            double numerator = x + sigmoidY;
            double sigmoidX = 1 / (1 + Math.exp(-x));
            double sum = x + y;
            double denominator = sigmoidX + sum * sum;
            double inverse = 1 / denominator;
            return new Stages(sigmoidY, numerator, sigmoidX, sum, denominator, inverse);
        }

        double f() {
            return numerator * inverse;
        }
    }
    // @end region="forward"

    // @start region="backward"
    /// The gradients by x and y: the stages in the opposite order.
    static double[] backward(Stages s) {
        double dNumerator = s.inverse(); // f = numerator · inverse
        double dInverse = s.numerator();
        double dDenominator = -dInverse / (s.denominator() * s.denominator()); // inverse = 1 / denominator
        double dSigmoidX = dDenominator; // denominator = sigmoidX + sum²
        double dSum = 2 * s.sum() * dDenominator;
        double dx = dSum; // sum = x + y
        double dy = dSum;
        dx += (1 - s.sigmoidX()) * s.sigmoidX() * dSigmoidX; // sigmoidX = σ(x)
        dx += dNumerator; // numerator = x + sigmoidY
        double dSigmoidY = dNumerator;
        dy += (1 - s.sigmoidY()) * s.sigmoidY() * dSigmoidY; // sigmoidY = σ(y)
        return new double[] {dx, dy};
    }
    // @end region="backward"

    static void main() {
        Stages stages = Stages.forward(3, -4);
        double[] byHand = backward(stages);
        ValueAndGradient<Point> byLibrary =
                valueAndGrad(StagedFunction::f).apply(new Point(Array.scalar(3.0), Array.scalar(-4.0)));

        IO.println("f by hand = " + text(stages.f()));
        IO.println("f by library = " + text(byLibrary.value()));
        IO.println("df/dx by hand = " + text(byHand[0]));
        IO.println("df/dx by library = " + text(byLibrary.gradient().x()));
        IO.println("df/dy by hand = " + text(byHand[1]));
        IO.println("df/dy by library = " + text(byLibrary.gradient().y()));

        // @start region="numeric"
        Compiled<Point, Point> compiled =
                Compiled.of(p -> grad(StagedFunction::f).apply(p));
        NumericFunction gradient = compiled.numeric(new Point(Array.scalar(0.0), Array.scalar(0.0)));
        double[] byXAndY = gradient.apply(3, -4);
        // @end region="numeric"
        IO.println("df/dx compiled = " + text(byXAndY[0]));
        IO.println("df/dy compiled = " + text(byXAndY[1]));
    }

    private static String text(Tensor tensor) {
        return text(Array.of(tensor).item());
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.12f", number);
    }
}

package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static dev.adjoint.transform.Transformations.hvp;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Deduplicate;
import dev.adjoint.transform.Simplify;
import java.util.Locale;
import java.util.function.Function;

/// Lesson 8, derivatives of derivatives. The gradient of a function is a function of the same kind, so it has a
/// gradient:
///
/// ```
/// f(x) = sin x     f′(x) = cos x     f″(x) = −sin x     f‴(x) = −cos x
/// ```
///
/// Nothing special happens in the library. `grad(f)` reads the graph of f and writes a longer graph, in the same
/// operators, and `grad(grad(f))` does so with that one. The lesson prints the result: no tape, no mode, only a graph.
///
/// With several variables the second derivatives form the Hessian matrix H. For Rosenbrock's function
///
/// ```
/// r(x, y) = (1 − x)² + 100·(y − x²)²
///
/// H = ⎛1200x² − 400y + 2   −400x⎞
///     ⎝      −400x           200⎠
/// ```
///
/// Often only a product H·v with a direction v is needed, and for n variables H has n² numbers. H·v is the derivative
/// of the gradient in the direction v, so forward mode over reverse mode gives it for a few times the cost of r,
/// without a matrix:
///
/// ```
/// H·v = d/dε ∇r(x + εv) at ε = 0
/// ```
///
/// Source: B. A. Pearlmutter, Fast exact multiplication by the Hessian, Neural Computation 6 (1994).
public final class SecondDerivatives {
    private SecondDerivatives() {}

    // @start region="rosenbrock"
    static Tensor rosenbrock(Tensor point) {
        Tensor x = point.take(0, 0);
        Tensor y = point.take(0, 1);
        return x.rsub(1).square().add(y.sub(x.square()).square().mul(100));
    }
    // @end region="rosenbrock"

    static void main() {
        // @start region="orders"
        Tensor x = Array.scalar(0.5);
        Function<Tensor, Tensor> derivative = Tensor::sin;
        for (int order = 0; order <= 4; order++) {
            IO.println("derivative " + order + " of sin at 0.5 = " + text(derivative.apply(x)));
            derivative = grad(derivative);
        }
        // @end region="orders"

        // @start region="graph"
        Function<Tensor, Tensor> second = grad(grad((Tensor t) -> t.sin()));
        Graph graph = Trace.of(x, second).graph();
        IO.println(new Simplify().then(new Deduplicate()).apply(graph));
        // @end region="graph"

        // @start region="hessian"
        Tensor point = Array.of(-1.2, 1.0);
        Tensor direction = Array.of(1.0, 2.0);
        Tensor matrix = hessian(SecondDerivatives::rosenbrock).apply(point);
        Tensor product = hvp(SecondDerivatives::rosenbrock, point, direction);
        // @end region="hessian"
        IO.println("Hessian of Rosenbrock's function at (-1.2, 1) =\n" + matrix);
        IO.println("times (1, 2), as a product = " + matrix.matmul(direction));
        IO.println("times (1, 2), without the matrix = " + product);
        IO.println("times (1, 2), by the formula = " + byFormula(-1.2, 1, 1, 2));
    }

    private static Tensor byFormula(double x, double y, double v, double w) {
        double first = (1200 * x * x - 400 * y + 2) * v - 400 * x * w;
        double second = -400 * x * v + 200 * w;
        return Array.of(first, second);
    }

    private static String text(Tensor tensor) {
        return String.format(Locale.ROOT, "%.12f", Array.of(tensor).item());
    }
}

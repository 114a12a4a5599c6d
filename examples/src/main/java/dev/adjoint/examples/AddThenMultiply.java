package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.valueAndGrad;

import dev.adjoint.graph.Trace;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.Transformations.ValueAndGradient;

/// Lesson 1, the smallest circuit with a chain rule: f(x, y, z) = (x + y)·z.
///
/// With the intermediate q = x + y the function is f = q·z, and every gate has simple local derivatives:
///
/// ```
/// ∂f/∂q = z     ∂f/∂z = q     ∂q/∂x = 1     ∂q/∂y = 1
/// ```
///
/// The chain rule multiplies them along the path from the result to the argument:
///
/// ```
/// ∂f/∂x = ∂f/∂q · ∂q/∂x = z     ∂f/∂y = ∂f/∂q · ∂q/∂y = z     ∂f/∂z = x + y
/// ```
///
/// At x = −2, y = 5, z = −4 this gives f = −12 and the gradients −4, −4, 3. A gradient says how f reacts: raising x by
/// a little h changes f by −4·h.
///
/// The arguments stand in a record, and the gradient is a record of the same kind. To find it, the library runs `f`
/// once with placeholders in the place of numbers; what they meet becomes a graph, which the lesson prints first.
///
/// Source: CS231n, Backpropagation, Intuitions, <https://cs231n.github.io/optimization-2/>.
public final class AddThenMultiply {
    private AddThenMultiply() {}

    // @start region="function"
    /// The arguments, and also their gradients.
    public record Point(Tensor x, Tensor y, Tensor z) {}

    static Tensor f(Point p) {
        Tensor q = p.x().add(p.y());
        return q.mul(p.z());
    }
    // @end region="function"

    static void main() {
        // @start region="gradient"
        Point at = new Point(Array.scalar(-2.0), Array.scalar(5.0), Array.scalar(-4.0));
        ValueAndGradient<Point> result = valueAndGrad(AddThenMultiply::f).apply(at);
        // @end region="gradient"

        IO.println("The circuit:");
        IO.println(Trace.of(at, AddThenMultiply::f).graph());
        IO.println();
        IO.println("f = " + number(result.value()));
        IO.println("df/dx = " + number(result.gradient().x()));
        IO.println("df/dy = " + number(result.gradient().y()));
        IO.println("df/dz = " + number(result.gradient().z()));
    }

    private static double number(Tensor tensor) {
        return Array.of(tensor).item();
    }
}

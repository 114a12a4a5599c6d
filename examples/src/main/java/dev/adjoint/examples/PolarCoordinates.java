package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.jacobian;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.vjp;
import static dev.adjoint.transform.Transformations.vmap;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/// Lesson 9, both modes: the map p(r, θ) = (r·cos θ, r·sin θ) from polar to Cartesian coordinates.
///
/// Its derivative at a point is a linear map, the Jacobian matrix:
///
/// ```
/// J = ⎛cos θ   −r·sin θ⎞     det J = r
///     ⎝sin θ    r·cos θ⎠
/// ```
///
/// There are two ways to use it without writing it down. Forward mode pushes a direction t of the arguments through it,
/// J·t: how do the results move if the arguments move so? Reverse mode pulls a cotangent c of the results back, Jᵀ·c:
/// how does a number that reacts to the results with c react to the arguments? One product costs about as much as the
/// function. So a Jacobian is built column by column in forward mode if there are fewer arguments than results, and row
/// by row in reverse mode otherwise; a gradient is the single row of a function with one result.
///
/// `vmap` turns a function of one example into a function of many. It is a transformation like the others and composes
/// with them: `vmap(jacobian(p))` gives the Jacobians at many points, `vmap(grad(f))` the gradients of all examples,
/// one by one.
public final class PolarCoordinates {
    private PolarCoordinates() {}

    // @start region="function"
    static Tensor cartesian(Tensor polar) {
        Tensor r = polar.take(0, 0);
        Tensor theta = polar.take(0, 1);
        return Tensor.stack(0, List.of(r.mul(theta.cos()), r.mul(theta.sin())));
    }
    // @end region="function"

    static void main() {
        // @start region="modes"
        Tensor point = Array.of(2.0, Math.PI / 6);
        Tensor pushed =
                jvp(PolarCoordinates::cartesian, point, Array.of(0.0, 1.0)).tangent();
        Tensor pulled = vjp(PolarCoordinates::cartesian, point).pullback().apply(Array.of(1.0, 0.0));
        Tensor matrix = jacobian(PolarCoordinates::cartesian).apply(point);
        // @end region="modes"
        IO.println("p(2, pi/6) = " + cartesian(point));
        IO.println("J times (0, 1), the second column = " + pushed);
        IO.println("J^T times (1, 0), the first row = " + pulled);
        IO.println("J =\n" + matrix);

        // @start region="many"
        Tensor points = Array.of(new double[][] {{1, 0}, {2, Math.PI / 2}, {3, Math.PI}});
        Tensor places = vmap(PolarCoordinates::cartesian).apply(points);
        Tensor matrices = vmap(jacobian(PolarCoordinates::cartesian)).apply(points);
        Function<Tensor, Tensor> gradient = grad(p -> cartesian(p).sum());
        Tensor gradients = vmap(gradient).apply(points);
        // @end region="many"
        IO.println("p at three points =\n" + places);
        IO.println("J at three points =\n" + matrices);
        IO.println("gradient of the sum of coordinates at three points =\n" + gradients);
    }
}

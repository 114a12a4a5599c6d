package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vjp;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/// Lesson 4, what gates do to the gradient that flows back through them. With upstream gradient u = ∂L/∂c:
///
/// ```
/// add    c = a + b        ∂L/∂a = u              ∂L/∂b = u              it distributes
/// mul    c = a·b          ∂L/∂a = u·b            ∂L/∂b = u·a            it swaps the operands
/// copy   c₁ = a, c₂ = a   ∂L/∂a = u₁ + u₂                               the branches sum
/// max    c = max(a, b)    ∂L/∂a = u if a > b     ∂L/∂b = u if b > a     it routes to the winner
/// ```
///
/// Knowing the four, one reads the backward pass of 2·(x·y + max(z, w)) off its picture without a formula. At x = 3, y
/// = −4, z = 2, w = −1 the value is 2·(−12 + 2) = −20. The factor 2 sends u = 2 back into the sum, the sum distributes
/// it, the product swaps (2·−4 to x, 2·3 to y), and the maximum gives all of it to z and nothing to w.
///
/// The swap has a consequence: if the inputs of a linear classifier are multiplied by 1000, so are the gradients of its
/// weights. That is why data are normalised first.
///
/// At a tie the maximum has no derivative; the library gives each operand half.
///
/// Source: CS231n, Patterns in backward flow, <https://cs231n.github.io/optimization-2/>.
public final class GatePatterns {
    private GatePatterns() {}

    // @start region="pair"
    /// The two operands of a gate, and also their gradients.
    public record Pair(Tensor a, Tensor b) {}

    /// Sends an upstream gradient back through a gate.
    static Pair back(Function<Pair, Tensor> gate, Pair operands, double upstream) {
        return vjp(gate, operands).pullback().apply(Array.scalar(upstream));
    }
    // @end region="pair"

    /// The arguments of the circuit, and also their gradients.
    public record Circuit(Tensor x, Tensor y, Tensor z, Tensor w) {}

    // @start region="circuit"
    static Tensor circuit(Circuit c) {
        return c.x().mul(c.y()).add(c.z().maximum(c.w())).mul(2);
    }
    // @end region="circuit"

    static void main() {
        // @start region="gates"
        Pair operands = new Pair(Array.scalar(3.0), Array.scalar(-4.0));
        print("add distributes", back(p -> p.a().add(p.b()), operands, 2));
        print("mul swaps", back(p -> p.a().mul(p.b()), operands, 2));
        print("max routes", back(p -> p.a().maximum(p.b()), operands, 2));
        // @end region="gates"
        Pair tie = new Pair(Array.scalar(3.0), Array.scalar(3.0));
        print("max at a tie", back(p -> p.a().maximum(p.b()), tie, 2));

        // @start region="copy"
        List<Tensor> upstream = List.of(Array.scalar(2.0), Array.scalar(5.0));
        Tensor sum =
                vjp((Tensor a) -> List.of(a, a), Array.scalar(3.0)).pullback().apply(upstream);
        // @end region="copy"
        IO.println("copy sums: " + number(sum));

        Circuit at = new Circuit(Array.scalar(3.0), Array.scalar(-4.0), Array.scalar(2.0), Array.scalar(-1.0));
        Circuit gradient = grad(GatePatterns::circuit).apply(at);
        IO.println("2(xy + max(z, w)) = " + number(circuit(at)));
        IO.println("gradients of x, y, z, w: " + number(gradient.x()) + " " + number(gradient.y()) + " "
                + number(gradient.z()) + " " + number(gradient.w()));
    }

    private static void print(String pattern, Pair gradient) {
        IO.println(pattern + ": " + number(gradient.a()) + " " + number(gradient.b()));
    }

    private static double number(Tensor tensor) {
        return Array.of(tensor).item();
    }
}

package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.valueAndGrad;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Transformations.ValueAndGradient;
import java.util.List;
import java.util.Locale;

/// Lesson 2, one neuron with two inputs: f(w, x) = σ(w₀x₀ + w₁x₁ + w₂), with σ(a) = 1/(1 + e⁻ᵃ).
///
/// What counts as one gate is a choice. Taken apart, σ is four gates, each with its local derivative:
///
/// ```
/// c ↦ −c      derivative −1
/// c ↦ eᶜ      derivative eᶜ
/// c ↦ 1 + c   derivative 1
/// c ↦ 1/c     derivative −1/c²
/// ```
///
/// Multiplied along the path they collapse into one short formula, so that σ makes a good single gate:
///
/// ```
/// dσ/da = e⁻ᵃ/(1 + e⁻ᵃ)² = (1 − σ(a))·σ(a)
/// ```
///
/// At w = (2, −3, −3) and x = (−1, −2) the sum is a = 1 and σ(1) = 0.73, so the gradient that arrives at the sum is
/// 0.73·0.27 = 0.20. From there
///
/// ```
/// ∂f/∂wᵢ = 0.20·xᵢ     ∂f/∂xᵢ = 0.20·wᵢ     ∂f/∂w₂ = 0.20
/// ```
///
/// Both ways must give the same gradients, up to rounding.
///
/// Source: CS231n, Backpropagation, Intuitions, <https://cs231n.github.io/optimization-2/>.
public final class SigmoidNeuron {
    private SigmoidNeuron() {}

    /// Weights and inputs in the order of the circuit, and also their gradients.
    public record Neuron(Tensor w0, Tensor x0, Tensor w1, Tensor x1, Tensor w2) {}

    // @start region="gates"
    static Tensor separateGates(Neuron n) {
        return weightedSum(n).neg().exp().add(1).reciprocal();
    }

    static Tensor fusedGate(Neuron n) {
        return weightedSum(n).sigmoid();
    }

    static Tensor weightedSum(Neuron n) {
        return n.w0().mul(n.x0()).add(n.w1().mul(n.x1())).add(n.w2());
    }
    // @end region="gates"

    static void main() {
        Neuron at = new Neuron(
                Array.scalar(2.0), Array.scalar(-1.0), Array.scalar(-3.0), Array.scalar(-2.0), Array.scalar(-3.0));
        ValueAndGradient<Neuron> gates =
                valueAndGrad(SigmoidNeuron::separateGates).apply(at);
        ValueAndGradient<Neuron> fused = valueAndGrad(SigmoidNeuron::fusedGate).apply(at);

        IO.println("gradient  separate gates  fused gate");
        print("f", pair(gates.value(), fused.value()));
        // @start region="pairs"
        Neuron pairs = Tree.zip(gates.gradient(), fused.gradient(), SigmoidNeuron::pair);
        Tree.visit(pairs, SigmoidNeuron::print);
        // @end region="pairs"
    }

    private static Tensor pair(Tensor ofGates, Tensor ofFused) {
        return Tensor.stack(0, List.of(ofGates, ofFused));
    }

    private static void print(String name, Tensor pair) {
        double[] both = Array.of(pair).toDoubles();
        IO.println(String.format(Locale.ROOT, "%-8s  %14.4f  %10.4f", name, both[0], both[1]));
    }
}

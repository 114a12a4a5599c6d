package dev.adjoint.examples;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.valueAndGrad;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.Transformations.ValueAndGradient;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Lesson 7, a published example to check against: two inputs i, two hidden and two output neurons, all with σ.
///
/// ```
/// h = σ(W·i + 0.35)     o = σ(V·h + 0.60)     E = Σ ½(target − o)²
/// ```
///
/// with the eight weights, row by row,
///
/// ```
/// W = ⎛w1 w2⎞ = ⎛0.15 0.20⎞     V = ⎛w5 w6⎞ = ⎛0.40 0.45⎞
///     ⎝w3 w4⎠   ⎝0.25 0.30⎠         ⎝w7 w8⎠   ⎝0.50 0.55⎠
/// ```
///
/// For inputs 0.05 and 0.10 and targets 0.01 and 0.99 the article computes E = 0.298371109 by hand, and after one step
/// of gradient descent, w ← w − 0.5·∂E/∂w, the weights 0.149780716, 0.19956143, 0.24975114, 0.29950229, 0.35891648,
/// 0.408666186, 0.511301270, 0.561370121. The biases stay. After 10 000 steps the error is about 0.000035.
///
/// A step is an ordinary function from weights to weights, written with `grad`. Compiled, it is traced once, and the
/// remaining 9 999 times only numbers are computed.
///
/// Source: Matt Mazur, A Step by Step Backpropagation Example,
/// <https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/>.
public final class WorkedNetwork {
    private WorkedNetwork() {}

    // @start region="network"
    /// The weights of both layers, one row per neuron; also their gradients.
    public record Weights(Tensor hidden, Tensor output) {}

    static final Array INPUTS = Array.of(0.05, 0.10);
    static final Array TARGETS = Array.of(0.01, 0.99);

    static Tensor error(Weights weights) {
        Tensor h = weights.hidden().matmul(INPUTS).add(0.35).sigmoid();
        Tensor o = weights.output().matmul(h).add(0.60).sigmoid();
        return o.sub(TARGETS).square().sum().mul(0.5);
    }
    // @end region="network"

    // @start region="step"
    static Weights step(Weights weights) {
        Weights gradient = grad(WorkedNetwork::error).apply(weights);
        return Tree.zip(weights, gradient, (w, dw) -> w.sub(dw.mul(0.5)));
    }
    // @end region="step"

    static void main() {
        Weights start = new Weights(Array.of(new double[][] {{0.15, 0.20}, {0.25, 0.30}}), Array.of(new double[][] {
            {0.40, 0.45}, {0.50, 0.55}
        }));
        ValueAndGradient<Weights> first = valueAndGrad(WorkedNetwork::error).apply(start);
        IO.println("error = " + text(first.value()));
        print("gradient of w", first.gradient());

        Weights next = step(start);
        IO.println("after one step:");
        print("w", next);
        IO.println("error after one step = " + text(error(next)));

        // @start region="compiled"
        Function<Weights, Weights> compiled = Compiled.of(WorkedNetwork::step);
        Weights weights = start;
        for (int i = 0; i < 10_000; i++) {
            weights = compiled.apply(weights);
        }
        // @end region="compiled"
        IO.println("error after 10000 steps = " + text(error(weights)));
    }

    /// Numbers the weights of both layers from 1.
    private static void print(String name, Weights weights) {
        double[] numbers = Array.of(Tensor.concat(0, List.of(weights.hidden(), weights.output())))
                .toDoubles();
        for (int i = 0; i < numbers.length; i++) {
            IO.println(name + (i + 1) + " = " + text(numbers[i]));
        }
    }

    private static String text(Tensor tensor) {
        return text(Array.of(tensor).item());
    }

    /// Nine digits behind the point, as in the article.
    private static String text(double number) {
        return String.format(Locale.ROOT, "%.9f", number);
    }
}

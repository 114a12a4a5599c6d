package dev.adjoint.nn;

import dev.adjoint.op.Unary;
import dev.adjoint.op.elementwise.Clamp;
import dev.adjoint.op.elementwise.Elu;
import dev.adjoint.op.elementwise.LeakyRelu;
import dev.adjoint.op.elementwise.Relu;
import dev.adjoint.op.elementwise.Sigmoid;
import dev.adjoint.op.elementwise.Silu;
import dev.adjoint.op.elementwise.Softplus;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.tensor.Tensor;

/// A function applied to every element: y = f(x). Those made of several operators are in [Nonlinearity], one that is learned
/// is [PRelu]. x and y are of any shape, and of the same one.
///
/// {@snippet :
/// Tensor y = Activation.relu().apply(x, Pass.evaluation());
/// }
///
/// @param function any elementwise operator of one operand
public record Activation(Unary function) implements Layer {
    /// y = max(x, 0)
    public static Activation relu() {
        return new Activation(new Relu());
    }

    /// y = x for x > 0, else slope·x
    public static Activation leakyRelu(double slope) {
        return new Activation(new LeakyRelu(slope));
    }

    /// y = x for x > 0, else α·(eˣ − 1)
    public static Activation elu(double alpha) {
        return new Activation(new Elu(alpha));
    }

    /// y = tanh x
    public static Activation tanh() {
        return new Activation(new Tanh());
    }

    /// y = 1/(1 + e⁻ˣ)
    public static Activation sigmoid() {
        return new Activation(new Sigmoid());
    }

    /// y = x/(1 + e⁻ˣ), also called swish
    public static Activation silu() {
        return new Activation(new Silu());
    }

    /// y = ln(1 + eˣ)
    public static Activation softplus() {
        return new Activation(new Softplus());
    }

    /// y = x between two bounds, else the nearer bound
    public static Activation clamp(double low, double high) {
        return new Activation(new Clamp(low, high));
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.apply(function);
    }
}

package dev.adjoint.nn;

import dev.adjoint.op.Unary;
import dev.adjoint.op.elementwise.Relu;
import dev.adjoint.op.elementwise.Sigmoid;
import dev.adjoint.op.elementwise.Softplus;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.tensor.Tensor;

/// A function applied to every element: y = f(x).
///
/// @param function any elementwise operator of one operand
public record Activation(Unary function) implements Layer {
    /// y = max(x, 0)
    public static Activation relu() {
        return new Activation(new Relu());
    }

    /// y = tanh x
    public static Activation tanh() {
        return new Activation(new Tanh());
    }

    /// y = 1/(1 + e⁻ˣ)
    public static Activation sigmoid() {
        return new Activation(new Sigmoid());
    }

    /// y = ln(1 + eˣ)
    public static Activation softplus() {
        return new Activation(new Softplus());
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return x.apply(function);
    }
}

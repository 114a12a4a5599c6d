package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;
import java.util.function.UnaryOperator;

/// Functions made of several operators, as layers; most formulas stand in [dev.adjoint.tensor.Activations]. x and y have one shape.
///
/// {@snippet :
/// Tensor y = Nonlinearity.GELU.apply(x, Pass.evaluation());
/// }
public enum Nonlinearity implements Layer {
    /// [Tensor#gelu]
    GELU(Tensor::gelu),
    /// [Tensor#geluTanh]: the approximation by tanh
    GELU_TANH(Tensor::geluTanh),
    /// [Tensor#selu]
    SELU(Tensor::selu),
    /// [Tensor#mish]
    MISH(Tensor::mish),
    /// [Tensor#softsign]
    SOFTSIGN(Tensor::softsign),
    /// [Tensor#logSigmoid]
    LOG_SIGMOID(Tensor::logSigmoid),
    /// [Tensor#relu6]
    RELU6(Tensor::relu6),
    /// [Tensor#hardSigmoid]
    HARD_SIGMOID(Tensor::hardSigmoid),
    /// [Tensor#hardSwish]
    HARD_SWISH(Tensor::hardSwish),
    /// [Tensor#hardTanh]
    HARD_TANH(Tensor::hardTanh),
    /// [Tensor#celu] with α = 1
    CELU(x -> x.celu(1)),
    /// x − tanh x
    TANH_SHRINK(x -> x.sub(x.tanh())),
    /// Probabilities along the last axis: [dev.adjoint.tensor.Composites#softmax]
    SOFTMAX(x -> x.softmax(-1)),
    /// Their logarithms: [dev.adjoint.tensor.Composites#logSoftmax]
    LOG_SOFTMAX(x -> x.logSoftmax(-1)),
    /// Probabilities along the last axis, the largest for the least: softmax(−x)
    SOFTMIN(x -> x.neg().softmax(-1));

    @SuppressWarnings("ImmutableEnumChecker") // the functions capture nothing
    private final UnaryOperator<Tensor> function;

    Nonlinearity(UnaryOperator<Tensor> function) {
        this.function = function;
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return function.apply(x);
    }
}

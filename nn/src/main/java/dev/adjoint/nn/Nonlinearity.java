package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;
import java.util.function.UnaryOperator;

/// Functions made of several operators, as layers; most formulas stand in [Activations]. x and y have one shape.
///
/// {@snippet :
/// Tensor y = Nonlinearity.GELU.apply(x, Pass.evaluation());
/// }
public enum Nonlinearity implements Layer {
    /// [Activations#gelu]
    GELU(Tensor::gelu),
    /// [Activations#geluTanh]: the approximation by tanh
    GELU_TANH(Tensor::geluTanh),
    /// [Activations#selu]
    SELU(Tensor::selu),
    /// [Activations#mish]
    MISH(Tensor::mish),
    /// [Activations#softsign]
    SOFTSIGN(Tensor::softsign),
    /// [Activations#logSigmoid]
    LOG_SIGMOID(Tensor::logSigmoid),
    /// [Activations#relu6]
    RELU6(Tensor::relu6),
    /// [Activations#hardSigmoid]
    HARD_SIGMOID(Tensor::hardSigmoid),
    /// [Activations#hardSwish]
    HARD_SWISH(Tensor::hardSwish),
    /// [Activations#hardTanh]
    HARD_TANH(Tensor::hardTanh),
    /// [Activations#celu] with α = 1
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

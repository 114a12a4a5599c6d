package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// One step of a simple recurrent network (Elman): h′ = f(x·W + h·U + b), with f = tanh or ramp.
///
/// Operands are x `[…,I]`, the state h `[…,H]`, the weights W `[I,H]` and U `[H,H]`, and the bias b `[H]`; the result is the
/// next state `[…,H]`. It is `RNNCell` of PyTorch with W and U transposed and b the sum of its two biases.
///
/// @param activation the function f
public record RnnCell(Activation activation) implements Composite {
    /// The function at the end of a step.
    public enum Activation {
        TANH,
        RELU
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 5);
        CellLaw.check(this, operands, 1, 1);
        return List.of(operands.get(1));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor sum = operands.get(0)
                .matmul(operands.get(2))
                .add(operands.get(1).matmul(operands.get(3)))
                .add(operands.get(4));
        return switch (activation) {
            case TANH -> sum.tanh();
            case RELU -> sum.relu();
        };
    }

    @Override
    public String formula() {
        return "f(x·W + h·U + b)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RnnCell(Activation.TANH))
                        .normal(2, 3)
                        .normal(2, 2)
                        .normal(3, 2)
                        .normal(2, 2)
                        .normal(2),
                Sample.of(new RnnCell(Activation.RELU))
                        .normal(2)
                        .normal(3)
                        .normal(2, 3)
                        .normal(3, 3)
                        .normal(3));
    }
}

package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// One step of a long short-term memory: c′ = f·c + i·g and h′ = o·tanh c′, with i, f, o = σ(x·W + h·U + b) and g = tanh of the
/// same.
///
/// Operands are x `[…,I]`, the states h and c `[…,H]`, the weights W `[I,4·H]` and U `[H,4·H]`, and the bias b `[4·H]`, with the
/// gates in the order i, f, g, o; results are h′ and c′, each `[…,H]`. It is `LSTMCell` of PyTorch with W and U transposed and
/// b the sum of its two biases. Source: Hochreiter, Schmidhuber, 1997; the forget gate: Gers and others, 2000.
public record LstmCell() implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 6);
        CellLaw.check(this, operands, 2, 4);
        return List.of(operands.get(1), operands.get(1));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor h = operands.get(1);
        Tensor sum = operands.get(0)
                .matmul(operands.get(3))
                .add(h.matmul(operands.get(4)))
                .add(operands.get(5));
        long width = h.dim(-1);
        List<Tensor> gates = sum.split(-1, width, width, width, width);
        Tensor written = gates.get(0).sigmoid().mul(gates.get(2).tanh());
        Tensor memory = gates.get(1).sigmoid().mul(operands.get(2)).add(written);
        return List.of(gates.get(3).sigmoid().mul(memory.tanh()), memory);
    }

    @Override
    public String formula() {
        return "o·tanh c′, c′ = f·c + i·g";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new LstmCell())
                        .normal(2, 3)
                        .normal(2, 2)
                        .normal(2, 2)
                        .normal(3, 8)
                        .normal(2, 8)
                        .normal(8),
                Sample.of(new LstmCell())
                        .normal(2)
                        .normal(1)
                        .normal(1)
                        .normal(2, 4)
                        .normal(1, 4)
                        .normal(4));
    }
}

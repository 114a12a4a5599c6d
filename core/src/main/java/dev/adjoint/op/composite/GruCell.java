package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// One step of a gated recurrent unit: h′ = (1 − z)·n + z·h, with the reset gate r = σ(x·Wᵣ + bᵣ + h·Uᵣ + dᵣ), the update gate
/// z = σ(x·W_z + b_z + h·U_z + d_z) and the candidate n = tanh(x·Wₙ + bₙ + r·(h·Uₙ + dₙ)).
///
/// Operands are x `[…,I]`, the state h `[…,H]`, the weights W `[I,3·H]` and U `[H,3·H]`, and the biases b and d `[3·H]`, with the
/// gates in the order r, z, n; the result is the next state `[…,H]`. It is `GRUCell` of PyTorch with W and U transposed.
/// Source: Cho and others, 2014, with the reset after the product.
public record GruCell() implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 6);
        CellLaw.check(this, operands, 1, 3);
        return List.of(operands.get(1));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor h = operands.get(1);
        long width = h.dim(-1);
        List<Tensor> input =
                operands.get(0).matmul(operands.get(2)).add(operands.get(4)).split(-1, width, width, width);
        List<Tensor> state = h.matmul(operands.get(3)).add(operands.get(5)).split(-1, width, width, width);
        Tensor reset = input.get(0).add(state.get(0)).sigmoid();
        Tensor update = input.get(1).add(state.get(1)).sigmoid();
        Tensor candidate = input.get(2).add(reset.mul(state.get(2))).tanh();
        return candidate.add(update.mul(h.sub(candidate)));
    }

    @Override
    public String formula() {
        return "(1 − z)·n + z·h";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new GruCell())
                        .normal(2, 3)
                        .normal(2, 2)
                        .normal(3, 6)
                        .normal(2, 6)
                        .normal(6)
                        .normal(6),
                Sample.of(new GruCell())
                        .normal(2)
                        .normal(1)
                        .normal(2, 3)
                        .normal(1, 3)
                        .normal(3)
                        .normal(3));
    }
}

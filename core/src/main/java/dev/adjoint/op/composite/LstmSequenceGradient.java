package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The reverse rule of [LstmSequence] for its sums and first states, from the last step to the first: with h̄ₜ = ct + s̄ₜ₊₁·Uᵀ and
/// c̄ₜ = ct + f·c̄ₜ₊₁ + h̄ₜ·o·(1 − tanh² cₜ), the sums of the gates get s̄ₜ = (c̄·g·i·(1−i), c̄·cₜ₋₁·f·(1−f), c̄·i·(1−g²), h̄·tanh cₜ·o·(1−o)).
///
/// Operands are the gates i, f, g, o `[N,T,4·H]`, U `[H,4·H]`, c₀ `[N,H]`, all cₜ `[N,T,H]` and the cotangents of hₜ, and if they are
/// there of cₜ and of the gates; results are s̄ `[N,T,4·H]` and the cotangents of h₀ and c₀ `[N,H]`.
public record LstmSequenceGradient() implements Composite {
    private static final String LAW =
            "gates [N,T,4·H] need weights [H,4·H], a state [N,H], states [N,T,H] and cotangents of the results";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(5, 7);
        Shape state = law.state(2, LAW);
        long width = state.dim(1);
        Shape states = Shape.of(state.dim(0), law.steps(0, LAW), width);
        Shape gates = states.with(2, 4 * width);
        law.check(List.of(gates, Shape.of(width, 4 * width), state, states, states, states, gates), LAW);
        return List.of(operands.getFirst(), operands.get(2), operands.get(2));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor start = operands.get(2);
        List<Tensor> sequences = new ArrayList<>(List.of(
                operands.getFirst(), Recurrence.before(start, operands.get(3)), operands.get(3), operands.get(4)));
        sequences.addAll(operands.subList(5, operands.size()));
        List<Tensor> all = Recurrence.run(
                Scan.Order.BACKWARD,
                new Recurrence.Operands(
                        List.of(start.zerosLike(), start.zerosLike()), sequences, operands.subList(1, 2)),
                List.of(Recurrence.slice(operands.getFirst().type())),
                LstmSequenceGradient::step);
        return List.of(all.get(2), all.get(0), all.get(1));
    }

    /// Of h̄ and c̄ from later steps, the gates, cₜ₋₁, cₜ, the cotangents and U: those of the step before, and s̄.
    private static List<Tensor> step(List<Tensor> of) {
        int constants = of.size() - 1;
        Tensor before = of.get(3);
        long width = before.dim(-1);
        List<Tensor> gates = of.get(2).split(-1, width, width, width, width);
        Tensor output = gates.get(3);
        Tensor shown = of.get(4).tanh();
        Tensor hidden = of.get(0).add(of.get(5));
        Tensor later = constants > 6 ? of.get(1).add(of.get(6)) : of.get(1);
        Tensor memory = later.add(Recurrence.ofTanh(shown, hidden.mul(output)));
        List<Tensor> ofGates =
                List.of(memory.mul(gates.get(2)), memory.mul(before), memory.mul(gates.get(0)), hidden.mul(shown));
        if (constants > 7) {
            List<Tensor> own = of.get(7).split(-1, width, width, width, width);
            List<Tensor> first = ofGates;
            ofGates = List.of(
                    first.get(0).add(own.get(0)),
                    first.get(1).add(own.get(1)),
                    first.get(2).add(own.get(2)),
                    first.get(3).add(own.get(3)));
        }
        Tensor sums = Tensor.concat(
                -1,
                List.of(
                        Recurrence.ofSigmoid(gates.get(0), ofGates.get(0)),
                        Recurrence.ofSigmoid(gates.get(1), ofGates.get(1)),
                        Recurrence.ofTanh(gates.get(2), ofGates.get(2)),
                        Recurrence.ofSigmoid(output, ofGates.get(3))));
        return List.of(sums.matmul(of.get(constants).mT()), memory.mul(gates.get(1)), sums);
    }

    @Override
    public String formula() {
        return "s̄ₜ, h̄₀, c̄₀";
    }

    public static List<Sample> samples() {
        Sample least = Sample.of(new LstmSequenceGradient())
                .normal(2, 3, 8)
                .normal(2, 8)
                .normal(2, 2)
                .normal(2, 3, 2)
                .normal(2, 3, 2);
        return List.of(
                least,
                least.normal(2, 3, 2),
                least.normal(2, 3, 2).normal(2, 3, 8),
                Sample.of(new LstmSequenceGradient())
                        .normal(2, 0, 4)
                        .normal(1, 4)
                        .normal(2, 1)
                        .normal(2, 0, 1)
                        .normal(2, 0, 1));
    }
}

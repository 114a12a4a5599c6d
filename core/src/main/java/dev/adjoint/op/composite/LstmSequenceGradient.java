package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The reverse rule of [LstmSequence], from the last step to the first: with h̄ₜ = ct + s̄ₜ₊₁·Uᵀ and c̄ₜ = ct + f·c̄ₜ₊₁ +
/// h̄ₜ·o·(1 − tanh² cₜ), the sums of the gates get s̄ₜ = (c̄·g·i·(1−i), c̄·cₜ₋₁·f·(1−f), c̄·i·(1−g²), h̄·tanh cₜ·o·(1−o)); with them
/// x̄ = s̄·Wᵀ, W̄ = Σ xₜᵀ·s̄ₜ, Ū = Σ hₜ₋₁ᵀ·s̄ₜ and b̄ = Σ s̄ₜ.
///
/// Operands are x, W, U, h₀, c₀ as there, its results hₜ, cₜ and gates, and the cotangents of hₜ, and if they are there of cₜ and of
/// the gates; results are the cotangents of x, W, U, b, h₀ and c₀.
public record LstmSequenceGradient() implements Composite {
    private static final String LAW =
            "inputs [N,T,I] need weights [I,4·H] and [H,4·H], states [N,H], the results [N,T,H], [N,T,H] and [N,T,4·H], and their"
                    + " cotangents";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(9, 11);
        Shape x = law.sequences(0, LAW);
        Shape state = law.state(3, LAW);
        Shape wide = Shape.of(4 * state.dim(1));
        Shape states = x.with(2, state.dim(1));
        Shape gates = x.with(2, 4 * state.dim(1));
        law.check(
                List.of(
                        x.with(0, state.dim(0)),
                        wide.prepend(x.dim(2)),
                        wide.prepend(state.dim(1)),
                        state,
                        state,
                        states,
                        states,
                        gates,
                        states,
                        states,
                        gates),
                LAW);
        List<TensorType> results = new ArrayList<>(operands.subList(0, 3));
        results.add(operands.getFirst().withShape(wide));
        results.addAll(operands.subList(3, 5));
        return List.copyOf(results);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor start = operands.get(4);
        Tensor gates = operands.get(7);
        List<Tensor> sequences = new ArrayList<>(
                List.of(gates, Recurrence.before(start, operands.get(6)), operands.get(6), operands.get(8)));
        sequences.addAll(operands.subList(9, operands.size()));
        List<Tensor> all = Recurrence.run(
                Scan.Order.BACKWARD,
                new Recurrence.Operands(
                        List.of(start.zerosLike(), start.zerosLike()), sequences, operands.subList(2, 3)),
                List.of(Recurrence.slice(gates.type())),
                LstmSequenceGradient::step);
        Tensor sums = all.get(2);
        return List.of(
                sums.matmul(operands.get(1).mT()),
                Recurrence.ofWeights(operands.getFirst(), sums),
                Recurrence.ofWeights(Recurrence.before(operands.get(3), operands.get(5)), sums),
                sums.sum(Axes.of(0, 1)),
                all.get(0),
                all.get(1));
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
        return "x̄, W̄, Ū, b̄, h̄₀, c̄₀";
    }

    public static List<Sample> samples() {
        Sample all = sample(1, 2, 1, 1).normal(1, 2, 1).normal(1, 2, 4);
        return List.of(sample(2, 3, 3, 2), sample(2, 0, 1, 1), all);
    }

    private static Sample sample(long sequences, long steps, long inputs, long width) {
        return Sample.of(new LstmSequenceGradient())
                .normal(sequences, steps, inputs)
                .normal(inputs, 4 * width)
                .normal(width, 4 * width)
                .normal(sequences, width)
                .normal(sequences, width)
                .normal(sequences, steps, width)
                .normal(sequences, steps, width)
                .normal(sequences, steps, 4 * width)
                .normal(sequences, steps, width);
    }
}

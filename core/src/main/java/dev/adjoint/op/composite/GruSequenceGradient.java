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

/// The reverse rule of [GruSequence], from the last step to the first: with h̄ₜ = ct + z·h̄ₜ₊₁ + s̄ₜ₊₁·Uᵀ and n̄ = h̄·(1 − z)·(1 − n²), the
/// sums of the inputs get āₜ = (n̄·m·r·(1−r), h̄·(hₜ₋₁ − n)·z·(1−z), n̄) and those of the state s̄ₜ the same with n̄·r as the third part;
/// with them x̄ = ā·Wᵀ, W̄ = Σ xₜᵀ·āₜ, Ū = Σ hₜ₋₁ᵀ·s̄ₜ, b̄ = Σ āₜ and d̄ = Σ s̄ₜ.
///
/// Operands are x, W, U and h₀ as there, its results hₜ and r, z, n, m, and the cotangents of hₜ, and if they are there of r, z, n, m;
/// results are the cotangents of x, W, U, b, d and h₀.
public record GruSequenceGradient() implements Composite {
    private static final String LAW =
            "inputs [N,T,I] need weights [I,3·H] and [H,3·H], a state [N,H], the results [N,T,H] and [N,T,4·H], and their"
                    + " cotangents";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(7, 8);
        Shape x = law.sequences(0, LAW);
        Shape state = law.state(3, LAW);
        Shape wide = Shape.of(3 * state.dim(1));
        Shape states = x.with(2, state.dim(1));
        Shape gates = x.with(2, 4 * state.dim(1));
        law.check(
                List.of(
                        x.with(0, state.dim(0)),
                        wide.prepend(x.dim(2)),
                        wide.prepend(state.dim(1)),
                        state,
                        states,
                        gates,
                        states,
                        gates),
                LAW);
        TensorType bias = operands.getFirst().withShape(wide);
        return List.of(operands.get(0), operands.get(1), operands.get(2), bias, bias, operands.get(3));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor start = operands.get(3);
        Tensor before = Recurrence.before(start, operands.get(4));
        List<Tensor> sequences = new ArrayList<>(List.of(operands.get(5), before, operands.get(6)));
        sequences.addAll(operands.subList(7, operands.size()));
        TensorType slice = start.type().withShape(start.shape().with(1, 3 * start.dim(1)));
        List<Tensor> all = Recurrence.run(
                Scan.Order.BACKWARD,
                new Recurrence.Operands(List.of(start.zerosLike()), sequences, operands.subList(2, 3)),
                List.of(slice, slice),
                GruSequenceGradient::step);
        Tensor ofInput = all.get(1);
        Tensor ofState = all.get(2);
        return List.of(
                ofInput.matmul(operands.get(1).mT()),
                Recurrence.ofWeights(operands.getFirst(), ofInput),
                Recurrence.ofWeights(before, ofState),
                ofInput.sum(Axes.of(0, 1)),
                ofState.sum(Axes.of(0, 1)),
                all.getFirst());
    }

    /// Of h̄ from later steps, the gates, hₜ₋₁, the cotangents and U: h̄ of the step before, and those of both sums.
    private static List<Tensor> step(List<Tensor> of) {
        int constants = of.size() - 1;
        Tensor before = of.get(2);
        long width = before.dim(-1);
        List<Tensor> gates = of.get(1).split(-1, width, width, width, width);
        Tensor update = gates.get(1);
        Tensor candidate = gates.get(2);
        Tensor hidden = of.get(0).add(of.get(3));
        Tensor ofUpdate = hidden.mul(before.sub(candidate));
        Tensor ofCandidate = hidden.mul(update.constant(1).sub(update));
        List<Tensor> own = constants > 4 ? of.get(4).split(-1, width, width, width, width) : List.of();
        Tensor ofSum = Recurrence.ofTanh(candidate, own.isEmpty() ? ofCandidate : ofCandidate.add(own.get(2)));
        Tensor ofReset = ofSum.mul(gates.get(3));
        Tensor ofState = ofSum.mul(gates.get(0));
        Tensor reset = Recurrence.ofSigmoid(gates.get(0), own.isEmpty() ? ofReset : ofReset.add(own.get(0)));
        Tensor updated = Recurrence.ofSigmoid(update, own.isEmpty() ? ofUpdate : ofUpdate.add(own.get(1)));
        Tensor state = own.isEmpty() ? ofState : ofState.add(own.get(3));
        Tensor sums = Tensor.concat(-1, List.of(reset, updated, state));
        Tensor next = hidden.mul(update).add(sums.matmul(of.get(constants).mT()));
        return List.of(next, Tensor.concat(-1, List.of(reset, updated, ofSum)), sums);
    }

    @Override
    public String formula() {
        return "x̄, W̄, Ū, b̄, d̄, h̄₀";
    }

    public static List<Sample> samples() {
        Sample least = sample(2, 3, 3, 2);
        return List.of(least, least.normal(2, 3, 8), sample(2, 0, 1, 1));
    }

    private static Sample sample(long sequences, long steps, long inputs, long width) {
        return Sample.of(new GruSequenceGradient())
                .normal(sequences, steps, inputs)
                .normal(inputs, 3 * width)
                .normal(width, 3 * width)
                .normal(sequences, width)
                .normal(sequences, steps, width)
                .normal(sequences, steps, 4 * width)
                .normal(sequences, steps, width);
    }
}

package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The reverse rule of [GruSequence] for its sums and first state, from the last step to the first: with h̄ₜ = ct + z·h̄ₜ₊₁ + s̄ₜ₊₁·Uᵀ and
/// n̄ = h̄·(1 − z)·(1 − n²), the sums of the inputs get (n̄·m·r·(1−r), h̄·(hₜ₋₁ − n)·z·(1−z), n̄) and those of the state s̄ the same with n̄·r
/// as the third part.
///
/// Operands are r, z, n, m `[N,T,4·H]`, U `[H,3·H]`, h₀ `[N,H]`, all hₜ `[N,T,H]` and the cotangents of hₜ, and if they are there of
/// r, z, n, m; results are the cotangents of both sums `[N,T,3·H]`, those of the inputs first, and of h₀ `[N,H]`.
public record GruSequenceGradient() implements Composite {
    private static final String LAW =
            "gates [N,T,4·H] need weights [H,3·H], a state [N,H], states [N,T,H] and cotangents of the results";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(5, 6);
        Shape state = law.state(2, LAW);
        long width = state.dim(1);
        Shape states = Shape.of(state.dim(0), law.steps(0, LAW), width);
        Shape gates = states.with(2, 4 * width);
        law.check(List.of(gates, Shape.of(width, 3 * width), state, states, states, gates), LAW);
        TensorType sums = operands.getFirst().withShape(states.with(2, 3 * width));
        return List.of(sums, sums, operands.get(2));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        Tensor start = operands.get(2);
        List<Tensor> sequences = new ArrayList<>(
                List.of(operands.getFirst(), Recurrence.before(start, operands.get(3)), operands.get(4)));
        sequences.addAll(operands.subList(5, operands.size()));
        TensorType sums = start.type().withShape(start.shape().with(1, 3 * start.dim(1)));
        List<Tensor> all = Recurrence.run(
                Scan.Order.BACKWARD,
                new Recurrence.Operands(List.of(start.zerosLike()), sequences, operands.subList(1, 2)),
                List.of(sums, sums),
                GruSequenceGradient::step);
        return List.of(all.get(1), all.get(2), all.getFirst());
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
        return "āₜ, s̄ₜ, h̄₀";
    }

    public static List<Sample> samples() {
        Sample least = Sample.of(new GruSequenceGradient())
                .normal(2, 3, 8)
                .normal(2, 6)
                .normal(2, 2)
                .normal(2, 3, 2)
                .normal(2, 3, 2);
        return List.of(
                least,
                least.normal(2, 3, 8),
                Sample.of(new GruSequenceGradient())
                        .normal(2, 0, 4)
                        .normal(1, 3)
                        .normal(2, 1)
                        .normal(2, 0, 1)
                        .normal(2, 0, 1));
    }
}

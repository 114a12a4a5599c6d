package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A gated recurrent unit over time: hₜ = (1 − z)·n + z·hₜ₋₁, with r, z = σ(aₜ + s), s = hₜ₋₁·U + d and n = tanh(aₜ + r·m), where m is
/// the third part of s, for t = 1 … T.
///
/// Operands are the sums of the inputs a = x·W + b `[N,T,3·H]`, the weights U `[H,3·H]`, the bias d `[3·H]` and the state before the
/// first step, h₀ `[N,H]`, with the gates in the order r, z, n. Results are hₜ of all steps, `[N,T,H]`, and r, z, n, m
/// `[N,T,4·H]`, from which the way back goes on. Every step is [GruCell].
///
/// Derivative: [GruSequenceGradient]; the cotangent of U is one product of all steps. Kernels take some sequences through all
/// steps at once; the expansion is a [Scan]. Source: Cho and others, 2014.
public record GruSequence() implements Composite {
    private static final String LAW = "sums [N,T,3·H] need weights [H,3·H], a bias [3·H] and a state [N,H]";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(4, 4);
        Shape state = law.state(3, LAW);
        long width = state.dim(1);
        Shape states = Shape.of(state.dim(0), law.steps(0, LAW), width);
        Shape wide = Shape.of(3 * width);
        law.check(List.of(states.with(2, 3 * width), wide.prepend(width), wide, state), LAW);
        TensorType first = operands.getFirst();
        return List.of(first.withShape(states), first.withShape(states.with(2, 4 * width)));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        List<Tensor> carried = operands.subList(3, 4);
        TensorType state = carried.getFirst().type();
        List<Tensor> all = Recurrence.run(
                Scan.Order.FORWARD,
                new Recurrence.Operands(carried, operands.subList(0, 1), operands.subList(1, 3)),
                List.of(state, state.withShape(state.shape().with(1, 4 * state.dim(1)))),
                GruSequence::step);
        return all.subList(1, 3);
    }

    /// Of h, a, U and d: the next h, and once more with the gates.
    private static List<Tensor> step(List<Tensor> of) {
        Tensor h = of.get(0);
        long width = h.dim(-1);
        List<Tensor> input = of.get(1).split(-1, width, width, width);
        List<Tensor> state = h.matmul(of.get(2)).add(of.get(3)).split(-1, width, width, width);
        Tensor reset = input.get(0).add(state.get(0)).sigmoid();
        Tensor update = input.get(1).add(state.get(1)).sigmoid();
        Tensor candidate = input.get(2).add(reset.mul(state.get(2))).tanh();
        Tensor next = candidate.add(update.mul(h.sub(candidate)));
        return List.of(next, next, Tensor.concat(-1, List.of(reset, update, candidate, state.get(2))));
    }

    @Override
    public Optional<List<Tensor>> vjp(Call call, SortedMap<Integer, Tensor> cotangents) {
        Tensor states = call.results().get(0);
        Tensor gates = call.results().get(1);
        List<Tensor> of = new ArrayList<>(List.of(
                gates, call.operand(1), call.operand(3), states, cotangents.getOrDefault(0, states.zerosLike())));
        if (cotangents.lastKey() == 1) {
            of.add(cotangents.get(1));
        }
        List<Tensor> back = gates.apply(new GruSequenceGradient(), of);
        Tensor ofState = back.get(1);
        return Optional.of(List.of(
                back.get(0),
                Recurrence.ofWeights(Recurrence.before(call.operand(3), states), ofState),
                ofState.sum(Axes.of(0, 1)),
                back.get(2)));
    }

    @Override
    public String formula() {
        return "hₜ = (1 − z)·n + z·hₜ₋₁";
    }

    @Override
    public String onnx() {
        return "GRU";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new GruSequence())
                        .normal(2, 3, 6)
                        .normal(2, 6)
                        .normal(6)
                        .normal(2, 2),
                Sample.of(new GruSequence())
                        .normal(3, 1, 3)
                        .normal(1, 3)
                        .normal(3)
                        .normal(3, 1),
                Sample.of(new GruSequence())
                        .normal(2, 0, 3)
                        .normal(1, 3)
                        .normal(3)
                        .normal(2, 1));
    }
}

package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/// A gated recurrent unit over time: hₜ = (1 − z)·n + z·hₜ₋₁, with a = xₜ·W + b, s = hₜ₋₁·U + d, r, z = σ(a + s) and
/// n = tanh(a + r·m), where m is the third part of s, for t = 1 … T.
///
/// Operands are the inputs x `[N,T,I]`, the weights W `[I,3·H]` and U `[H,3·H]`, the biases b and d `[3·H]` and the state before the
/// first step, h₀ `[N,H]`, with the gates in the order r, z, n. Results are hₜ of all steps, `[N,T,H]`, and r, z, n, m `[N,T,4·H]`,
/// from which the way back goes on. Every step is [GruCell].
///
/// Derivative: [GruSequenceGradient]. Kernels take some sequences through all steps at once; the expansion is a [Scan]. Source: Cho
/// and others, 2014.
public record GruSequence() implements Composite {
    private static final String LAW = "inputs [N,T,I] need weights [I,3·H] and [H,3·H], biases [3·H] and a state [N,H]";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(6, 6);
        Shape x = law.sequences(0, LAW);
        Shape state = law.state(5, LAW);
        Shape wide = Shape.of(3 * state.dim(1));
        law.check(
                List.of(x.with(0, state.dim(0)), wide.prepend(x.dim(2)), wide.prepend(state.dim(1)), wide, wide, state),
                LAW);
        TensorType first = operands.getFirst();
        return List.of(first.withShape(x.with(2, state.dim(1))), first.withShape(x.with(2, 4 * state.dim(1))));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        List<Tensor> carried = operands.subList(5, 6);
        Tensor sums = operands.getFirst().matmul(operands.get(1)).add(operands.get(3));
        TensorType state = carried.getFirst().type();
        List<Tensor> all = Recurrence.run(
                Scan.Order.FORWARD,
                new Recurrence.Operands(carried, List.of(sums), List.of(operands.get(2), operands.get(4))),
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
        List<Tensor> results = call.results();
        List<Tensor> x = call.operands();
        List<Tensor> of = new ArrayList<>(List.of(x.get(1), x.get(2), x.get(5)));
        of.addAll(results);
        for (int i = 0; i <= cotangents.lastKey(); i++) {
            of.add(cotangents.getOrDefault(i, results.get(i).zerosLike()));
        }
        return Optional.of(call.x().gruSequenceGradient(of));
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
        return List.of(sample(2, 3, 3, 2), sample(3, 1, 2, 1), sample(2, 0, 1, 1));
    }

    private static Sample sample(long sequences, long steps, long inputs, long width) {
        return Sample.of(new GruSequence())
                .normal(sequences, steps, inputs)
                .normal(inputs, 3 * width)
                .normal(width, 3 * width)
                .normal(3 * width)
                .normal(3 * width)
                .normal(sequences, width);
    }
}

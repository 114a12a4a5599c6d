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

/// A long short-term memory over time: cₜ = f·cₜ₋₁ + i·g and hₜ = o·tanh cₜ, with i, f, o = σ(xₜ·W + hₜ₋₁·U + b) and g = tanh of the
/// same, for t = 1 … T.
///
/// Operands are the inputs x `[N,T,I]`, the weights W `[I,4·H]` and U `[H,4·H]`, the bias b `[4·H]` and the states before the first
/// step, h₀ and c₀ `[N,H]`, with the gates in the order i, f, g, o. Results are hₜ and cₜ of all steps, each `[N,T,H]`, and the gates
/// `[N,T,4·H]`, from which the way back goes on. Every step is [LstmCell].
///
/// Derivative: [LstmSequenceGradient]. Kernels take some sequences through all steps at once; the expansion is a [Scan]. Source:
/// Hochreiter, Schmidhuber, 1997.
public record LstmSequence() implements Composite {
    private static final String LAW = "inputs [N,T,I] need weights [I,4·H] and [H,4·H], a bias [4·H] and states [N,H]";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(6, 6);
        Shape x = law.sequences(0, LAW);
        Shape state = law.state(4, LAW);
        Shape wide = Shape.of(4 * state.dim(1));
        law.check(
                List.of(
                        x.with(0, state.dim(0)),
                        wide.prepend(x.dim(2)),
                        wide.prepend(state.dim(1)),
                        wide,
                        state,
                        state),
                LAW);
        TensorType states = operands.getFirst().withShape(x.with(2, state.dim(1)));
        return List.of(states, states, states.withShape(x.with(2, 4 * state.dim(1))));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        List<Tensor> carried = operands.subList(4, 6);
        Tensor sums = operands.getFirst().matmul(operands.get(1));
        TensorType state = carried.getFirst().type();
        TensorType gates = Recurrence.slice(sums.type());
        List<Tensor> all = Recurrence.run(
                Scan.Order.FORWARD,
                new Recurrence.Operands(carried, List.of(sums), operands.subList(2, 4)),
                List.of(state, state, gates),
                LstmSequence::step);
        return all.subList(2, 5);
    }

    /// Of h, c, a, U and b: the next h and c, and once more with the gates.
    private static List<Tensor> step(List<Tensor> of) {
        Tensor h = of.get(0);
        long width = h.dim(-1);
        Tensor sums = of.get(2).add(h.matmul(of.get(3))).add(of.get(4));
        List<Tensor> parts = sums.split(-1, width, width, width, width);
        Tensor input = parts.get(0).sigmoid();
        Tensor forget = parts.get(1).sigmoid();
        Tensor candidate = parts.get(2).tanh();
        Tensor output = parts.get(3).sigmoid();
        Tensor memory = forget.mul(of.get(1)).add(input.mul(candidate));
        Tensor shown = output.mul(memory.tanh());
        return List.of(shown, memory, shown, memory, Tensor.concat(-1, List.of(input, forget, candidate, output)));
    }

    @Override
    public Optional<List<Tensor>> vjp(Call call, SortedMap<Integer, Tensor> cotangents) {
        List<Tensor> results = call.results();
        List<Tensor> x = call.operands();
        List<Tensor> of = new ArrayList<>(List.of(x.get(1), x.get(2), x.get(4), x.get(5)));
        of.addAll(results);
        for (int i = 0; i <= cotangents.lastKey(); i++) {
            of.add(cotangents.getOrDefault(i, results.get(i).zerosLike()));
        }
        return Optional.of(call.x().lstmSequenceGradient(of));
    }

    @Override
    public String formula() {
        return "hₜ = o·tanh cₜ, cₜ = f·cₜ₋₁ + i·g";
    }

    @Override
    public String onnx() {
        return "LSTM";
    }

    public static List<Sample> samples() {
        return List.of(sample(2, 3, 3, 2), sample(3, 1, 2, 1), sample(2, 0, 1, 1));
    }

    private static Sample sample(long sequences, long steps, long inputs, long width) {
        return Sample.of(new LstmSequence())
                .normal(sequences, steps, inputs)
                .normal(inputs, 4 * width)
                .normal(width, 4 * width)
                .normal(4 * width)
                .normal(sequences, width)
                .normal(sequences, width);
    }
}

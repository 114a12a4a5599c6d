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

/// A long short-term memory over time: cₜ = f·cₜ₋₁ + i·g and hₜ = o·tanh cₜ, with i, f, o = σ(aₜ + hₜ₋₁·U + b) and g = tanh of the
/// same, for t = 1 … T.
///
/// Operands are the products of the inputs a = x·W `[N,T,4·H]`, the weights U `[H,4·H]`, the bias b `[4·H]` and the states before the
/// first step, h₀ and c₀ `[N,H]`, with the gates in the order i, f, g, o. Results are hₜ and cₜ of all steps, each `[N,T,H]`, and the
/// gates `[N,T,4·H]`, from which the way back goes on. Every step is [LstmCell].
///
/// Derivative: [LstmSequenceGradient]; the cotangent of U is one product of all steps. Kernels take some sequences through all
/// steps at once; the expansion is a [Scan]. Source: Hochreiter, Schmidhuber, 1997.
public record LstmSequence() implements Composite {
    private static final String LAW = "sums [N,T,4·H] need weights [H,4·H], a bias [4·H] and states [N,H]";

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        SequenceLaw law = new SequenceLaw(this, operands).arity(5, 5);
        Shape state = law.state(3, LAW);
        long steps = law.steps(0, LAW);
        long width = state.dim(1);
        Shape wide = Shape.of(4 * width);
        law.check(List.of(Shape.of(state.dim(0), steps, 4 * width), wide.prepend(width), wide, state, state), LAW);
        TensorType states = operands.get(3).withShape(Shape.of(state.dim(0), steps, width));
        return List.of(states, states, operands.getFirst());
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return expandAll(operands).getFirst();
    }

    @Override
    public List<Tensor> expandAll(List<Tensor> operands) {
        List<Tensor> carried = operands.subList(3, 5);
        TensorType state = carried.getFirst().type();
        TensorType gates = Recurrence.slice(operands.getFirst().type());
        List<Tensor> all = Recurrence.run(
                Scan.Order.FORWARD,
                new Recurrence.Operands(carried, operands.subList(0, 1), operands.subList(1, 3)),
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
        Tensor shown = call.results().get(0);
        Tensor memory = call.results().get(1);
        Tensor gates = call.results().get(2);
        List<Tensor> of = new ArrayList<>(List.of(
                gates, call.operand(1), call.operand(4), memory, cotangents.getOrDefault(0, shown.zerosLike())));
        if (cotangents.lastKey() >= 1) {
            of.add(cotangents.getOrDefault(1, memory.zerosLike()));
        }
        if (cotangents.lastKey() == 2) {
            of.add(cotangents.get(2));
        }
        List<Tensor> back = gates.apply(new LstmSequenceGradient(), of);
        Tensor sums = back.getFirst();
        return Optional.of(List.of(
                sums,
                Recurrence.ofWeights(Recurrence.before(call.operand(3), shown), sums),
                sums.sum(Axes.of(0, 1)),
                back.get(1),
                back.get(2)));
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
        return List.of(
                Sample.of(new LstmSequence())
                        .normal(2, 3, 8)
                        .normal(2, 8)
                        .normal(8)
                        .normal(2, 2)
                        .normal(2, 2),
                Sample.of(new LstmSequence())
                        .normal(3, 1, 4)
                        .normal(1, 4)
                        .normal(4)
                        .normal(3, 1)
                        .normal(3, 1),
                Sample.of(new LstmSequence())
                        .normal(2, 0, 4)
                        .normal(1, 4)
                        .normal(4)
                        .normal(2, 1)
                        .normal(2, 1));
    }
}

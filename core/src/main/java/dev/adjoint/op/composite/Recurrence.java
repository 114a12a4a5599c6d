package dev.adjoint.op.composite;

import dev.adjoint.op.Body;
import dev.adjoint.op.control.Scan;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// One step of a recurrence, as the body of a [Scan] over sequences.
///
/// @param inputTypes of what is carried, of the slices `[N,…]` of the sequences, and of what stays the same
/// @param outputTypes of what is carried, and of the slices of the results
/// @param step what is computed
record Recurrence(List<TensorType> inputTypes, List<TensorType> outputTypes, UnaryOperator<List<Tensor>> step)
        implements Body {
    @Override
    @SuppressWarnings("unchecked")
    public List<Tensor> apply(List<? extends Tensor> arguments) {
        return step.apply((List<Tensor>) arguments);
    }

    /// What goes into a recurrence.
    ///
    /// @param carried before the first step
    /// @param sequences `[N,T,…]`
    /// @param constants of all steps
    record Operands(List<Tensor> carried, List<Tensor> sequences, List<Tensor> constants) {}

    /// The carried values after the last step, and the results of all steps, `[N,T,…]`.
    ///
    /// @param order from which end of the sequences the steps go
    /// @param results the types of a step's results
    static List<Tensor> run(
            Scan.Order order, Operands operands, List<TensorType> results, UnaryOperator<List<Tensor>> step) {
        List<TensorType> taken = new ArrayList<>(types(operands.carried));
        for (Tensor sequences : operands.sequences) {
            taken.add(slice(sequences.type()));
        }
        taken.addAll(types(operands.constants));
        List<TensorType> given = new ArrayList<>(types(operands.carried));
        given.addAll(results);
        List<Tensor> all = new ArrayList<>(operands.carried);
        operands.sequences.forEach(sequences -> all.add(sequences.moveAxis(1, 0)));
        all.addAll(operands.constants);
        Scan scan = new Scan(
                new Recurrence(taken, given, step),
                operands.carried.size(),
                operands.sequences.size(),
                new Scan.Steps(operands.sequences.getFirst().dim(1), order, Scan.Memory.KEEP));
        List<Tensor> run = all.getFirst().apply(scan, all);
        List<Tensor> last = new ArrayList<>(run.subList(0, operands.carried.size()));
        run.subList(operands.carried.size(), run.size()).forEach(stacked -> last.add(stacked.moveAxis(0, 1)));
        return last;
    }

    private static List<TensorType> types(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::type).toList();
    }

    /// One step `[N,…]` of sequences `[N,T,…]`.
    static TensorType slice(TensorType sequences) {
        return sequences.withShape(sequences.shape().part(2, sequences.rank()).prepend(sequences.dim(0)));
    }

    /// What each step starts from: `[N,T,H]` of the state before the first step and those after all steps.
    static Tensor before(Tensor start, Tensor after) {
        return after.dim(1) == 0
                ? after
                : Tensor.concat(1, List.of(start.expand(1), after.slice(1, 0, after.dim(1) - 1)));
    }

    /// The cotangent of weights `[H,W]` that multiply sequences `[N,T,H]` into sums whose cotangents are `[N,T,W]`.
    static Tensor ofWeights(Tensor factors, Tensor sums) {
        long rows = factors.dim(0) * factors.dim(1);
        return factors.reshape(rows, factors.dim(2)).mT().matmul(sums.reshape(rows, sums.dim(2)));
    }

    /// The cotangent of x from that of y = σ(x).
    static Tensor ofSigmoid(Tensor y, Tensor ct) {
        return ct.mul(y).mul(y.constant(1).sub(y));
    }

    /// The cotangent of x from that of y = tanh x.
    static Tensor ofTanh(Tensor y, Tensor ct) {
        return ct.mul(y.constant(1).sub(y.square()));
    }
}

package dev.adjoint.op;

import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/// One application of an operator: the operands and the results that came of it. Two calls are never equal.
public final class Call {
    private final Op op;
    private final List<Tensor> operands;
    private final List<Tensor> results;

    public Call(Op op, List<? extends Tensor> operands, Function<Call, List<? extends Tensor>> results) {
        this.op = op;
        this.operands = List.copyOf(operands);
        this.results = List.copyOf(results.apply(this));
    }

    public Op op() {
        return op;
    }

    public List<Tensor> operands() {
        return operands;
    }

    public List<Tensor> results() {
        return results;
    }

    public Tensor operand(int index) {
        return operands.get(index);
    }

    /// The first operand.
    public Tensor x() {
        return operands.get(0);
    }

    /// The second operand.
    public Tensor y() {
        return operands.get(1);
    }

    /// The only (or first) result.
    public Tensor out() {
        return results.get(0);
    }
}

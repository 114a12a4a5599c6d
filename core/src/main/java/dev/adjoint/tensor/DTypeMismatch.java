package dev.adjoint.tensor;

import java.io.Serial;
import java.util.List;

/// Operands whose element types break the law of an operator.
public final class DTypeMismatch extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String operator;
    private final transient List<TensorType> operands;

    public DTypeMismatch(String operator, List<TensorType> operands, String law) {
        super(operator + ": " + ShapeMismatch.show(operands) + ": " + law);
        this.operator = operator;
        this.operands = List.copyOf(operands);
    }

    /// The printed name of the operator.
    public String operator() {
        return operator;
    }

    /// The operands in order.
    public List<TensorType> operands() {
        return operands;
    }
}

package dev.adjoint.tensor;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;

/// Operands whose shapes break the law of an operator.
///
/// The message reads `operator: operands: law. way out`.
public final class ShapeMismatch extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String operator;
    private final transient List<TensorType> operands;

    public ShapeMismatch(String operator, List<TensorType> operands, String law) {
        super(operator + ": " + show(operands) + ": " + law);
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

    static String show(List<TensorType> operands) {
        return operands.stream().map(TensorType::toString).collect(Collectors.joining(" and "));
    }
}

package dev.adjoint.tensor;

import java.io.Serial;
import java.util.List;

/// A matrix that an operator cannot work on because of its numbers. The message names the matrix by its index along the
/// leading axes.
public final class FactorizationFailure extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    /// What is wrong with the matrix.
    public enum Reason {
        /// It has no inverse.
        SINGULAR,
        /// It has no Cholesky factor.
        NOT_POSITIVE_DEFINITE,
        /// Eigenvalues or singular values coincide, so that their vectors have no derivative.
        REPEATED_VALUES,
        /// The iteration did not end.
        NOT_CONVERGED
    }

    private final String operator;
    private final transient List<TensorType> operands;
    private final Reason reason;

    public FactorizationFailure(String operator, List<TensorType> operands, Reason reason, String law) {
        super(operator + ": " + ShapeMismatch.show(operands) + ": " + law);
        this.operator = operator;
        this.operands = List.copyOf(operands);
        this.reason = reason;
    }

    /// The printed name of the operator.
    public String operator() {
        return operator;
    }

    /// The operands in order.
    public List<TensorType> operands() {
        return operands;
    }

    /// What is wrong.
    public Reason reason() {
        return reason;
    }
}

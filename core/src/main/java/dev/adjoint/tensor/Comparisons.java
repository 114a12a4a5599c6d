package dev.adjoint.tensor;

import dev.adjoint.op.elementwise.And;
import dev.adjoint.op.elementwise.Equal;
import dev.adjoint.op.elementwise.Greater;
import dev.adjoint.op.elementwise.GreaterEqual;
import dev.adjoint.op.elementwise.Less;
import dev.adjoint.op.elementwise.LessEqual;
import dev.adjoint.op.elementwise.Not;
import dev.adjoint.op.elementwise.NotEqual;
import dev.adjoint.op.elementwise.Or;
import dev.adjoint.op.elementwise.Where;
import dev.adjoint.op.elementwise.Xor;

/// Questions about every element, and choices by their answers.
public interface Comparisons extends Algebra {
    /// [Equal]
    default Tensor eq(Tensor y) {
        return apply(new Equal(), y);
    }

    /// [Equal] with a number.
    default Tensor eq(double y) {
        return eq(constant(y));
    }

    /// [NotEqual]
    default Tensor ne(Tensor y) {
        return apply(new NotEqual(), y);
    }

    /// [NotEqual] with a number.
    default Tensor ne(double y) {
        return ne(constant(y));
    }

    /// [Less]
    default Tensor lt(Tensor y) {
        return apply(new Less(), y);
    }

    /// [Less] with a number.
    default Tensor lt(double y) {
        return lt(constant(y));
    }

    /// [LessEqual]
    default Tensor le(Tensor y) {
        return apply(new LessEqual(), y);
    }

    /// [LessEqual] with a number.
    default Tensor le(double y) {
        return le(constant(y));
    }

    /// [Greater]
    default Tensor gt(Tensor y) {
        return apply(new Greater(), y);
    }

    /// [Greater] with a number.
    default Tensor gt(double y) {
        return gt(constant(y));
    }

    /// [GreaterEqual]
    default Tensor ge(Tensor y) {
        return apply(new GreaterEqual(), y);
    }

    /// [GreaterEqual] with a number.
    default Tensor ge(double y) {
        return ge(constant(y));
    }

    /// [And]
    default Tensor and(Tensor y) {
        return apply(new And(), y);
    }

    /// [Or]
    default Tensor or(Tensor y) {
        return apply(new Or(), y);
    }

    /// [Xor]
    default Tensor xor(Tensor y) {
        return apply(new Xor(), y);
    }

    /// [Not]
    default Tensor not() {
        return apply(new Not());
    }

    /// [Where]: this tensor is the condition.
    default Tensor where(Tensor yes, Tensor no) {
        return apply(new Where(), yes, no);
    }
}

package dev.adjoint.tensor;

import dev.adjoint.op.elementwise.BitAnd;
import dev.adjoint.op.elementwise.BitOr;
import dev.adjoint.op.elementwise.BitXor;
import dev.adjoint.op.elementwise.ShiftLeft;
import dev.adjoint.op.elementwise.ShiftRight;

/// The bits of integers, element by element; operands broadcast.
public interface Bits extends Algebra {
    /// [BitAnd]
    default Tensor bitAnd(Tensor y) {
        return apply(new BitAnd(), y);
    }

    /// [BitOr]
    default Tensor bitOr(Tensor y) {
        return apply(new BitOr(), y);
    }

    /// [BitXor]
    default Tensor bitXor(Tensor y) {
        return apply(new BitXor(), y);
    }

    /// Every bit turned over: x ⊕ −1 = −x − 1.
    default Tensor bitNot() {
        return apply(new BitXor(), constant(dtype() == DType.U8 ? 255 : -1));
    }

    /// [ShiftLeft]
    default Tensor shiftLeft(Tensor bits) {
        return apply(new ShiftLeft(), bits);
    }

    /// [ShiftRight]
    default Tensor shiftRight(Tensor bits) {
        return apply(new ShiftRight(), bits);
    }
}

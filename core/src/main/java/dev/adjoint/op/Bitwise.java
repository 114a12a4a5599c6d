package dev.adjoint.op;

import dev.adjoint.op.elementwise.BitAnd;
import dev.adjoint.op.elementwise.BitOr;
import dev.adjoint.op.elementwise.BitXor;
import dev.adjoint.op.elementwise.ShiftLeft;
import dev.adjoint.op.elementwise.ShiftRight;
import dev.adjoint.tensor.Tensor;

/// Operators on the bits of two integers, in two's complement; results are cut to the type.
public sealed interface Bitwise extends Binary permits BitAnd, BitOr, BitXor, ShiftLeft, ShiftRight {
    /// What happens to the bits of two 64-bit integers.
    enum Operation {
        AND,
        OR,
        XOR,
        SHIFT_LEFT,
        SHIFT_RIGHT;

        /// The result for two integers.
        public long apply(long x, long y) {
            boolean inside = y >= 0 && y < Long.SIZE;
            return switch (this) {
                case AND -> x & y;
                case OR -> x | y;
                case XOR -> x ^ y;
                case SHIFT_LEFT -> inside ? x << y : 0;
                case SHIFT_RIGHT -> x >> (inside ? y : Long.SIZE - 1);
            };
        }
    }

    @Override
    default Tensor left(Call call) {
        return call.x().zerosLike();
    }

    @Override
    default Tensor right(Call call) {
        return call.y().zerosLike();
    }

    @Override
    default DTypes accepts() {
        return DTypes.INTEGER;
    }

    @Override
    default String withoutDerivative() {
        return "operands and result are integers";
    }
}

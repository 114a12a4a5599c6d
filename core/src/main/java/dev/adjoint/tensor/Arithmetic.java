package dev.adjoint.tensor;

import dev.adjoint.op.elementwise.Abs;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.elementwise.Atan2;
import dev.adjoint.op.elementwise.Div;
import dev.adjoint.op.elementwise.Fmod;
import dev.adjoint.op.elementwise.Hypot;
import dev.adjoint.op.elementwise.Maximum;
import dev.adjoint.op.elementwise.Minimum;
import dev.adjoint.op.elementwise.Mul;
import dev.adjoint.op.elementwise.Neg;
import dev.adjoint.op.elementwise.Pow;
import dev.adjoint.op.elementwise.Remainder;
import dev.adjoint.op.elementwise.Sign;
import dev.adjoint.op.elementwise.Square;
import dev.adjoint.op.elementwise.Sub;

/// Arithmetic, element by element; operands broadcast, numbers take the tensor's element type.
public interface Arithmetic extends Algebra {
    /// [Add]
    default Tensor add(Tensor y) {
        return apply(new Add(), y);
    }

    /// [Add] with a number.
    default Tensor add(double y) {
        return add(constant(y));
    }

    /// [Sub]
    default Tensor sub(Tensor y) {
        return apply(new Sub(), y);
    }

    /// [Sub] with a number.
    default Tensor sub(double y) {
        return sub(constant(y));
    }

    /// [Mul]
    default Tensor mul(Tensor y) {
        return apply(new Mul(), y);
    }

    /// [Mul] with a number.
    default Tensor mul(double y) {
        return mul(constant(y));
    }

    /// [Div]
    default Tensor div(Tensor y) {
        return apply(new Div(), y);
    }

    /// [Div] with a number.
    default Tensor div(double y) {
        return div(constant(y));
    }

    /// [Pow]
    default Tensor pow(Tensor y) {
        return apply(new Pow(), y);
    }

    /// [Pow] with a number.
    default Tensor pow(double y) {
        return pow(constant(y));
    }

    /// [Maximum]
    default Tensor maximum(Tensor y) {
        return apply(new Maximum(), y);
    }

    /// [Maximum] with a number.
    default Tensor maximum(double y) {
        return maximum(constant(y));
    }

    /// [Minimum]
    default Tensor minimum(Tensor y) {
        return apply(new Minimum(), y);
    }

    /// [Minimum] with a number.
    default Tensor minimum(double y) {
        return minimum(constant(y));
    }

    /// [Hypot]
    default Tensor hypot(Tensor y) {
        return apply(new Hypot(), y);
    }

    /// [Atan2]: this is the ordinate, the operand the abscissa.
    default Tensor atan2(Tensor abscissa) {
        return apply(new Atan2(), abscissa);
    }

    /// [Fmod]: the remainder with the sign of this tensor; of integers too, where the remainder by 0 is this tensor.
    default Tensor fmod(Tensor y) {
        return areIntegers(y) ? sub(div(y).mul(y)) : apply(new Fmod(), y);
    }

    /// [Fmod] with a number.
    default Tensor fmod(double y) {
        return fmod(constant(y));
    }

    /// [Remainder]: the remainder with the sign of the divisor; of integers too, where the remainder by 0 is this tensor.
    default Tensor remainder(Tensor y) {
        if (!areIntegers(y)) {
            return apply(new Remainder(), y);
        }
        Tensor rest = fmod(y);
        // Comparing signs, not multiplying: a product may overflow
        Tensor turned = rest.ne(0).and(rest.lt(0).xor(y.lt(0))).and(y.ne(0));
        return turned.where(rest.add(y), rest);
    }

    private boolean areIntegers(Tensor y) {
        return dtype().isInteger() && y.dtype() == dtype();
    }

    /// [Remainder] with a number.
    default Tensor remainder(double y) {
        return remainder(constant(y));
    }

    /// y − x for a number y.
    default Tensor rsub(double y) {
        return constant(y).sub((Tensor) this);
    }

    /// y / x for a number y.
    default Tensor rdiv(double y) {
        return constant(y).div((Tensor) this);
    }

    /// 1 / x.
    default Tensor reciprocal() {
        return rdiv(1);
    }

    /// [Neg]
    default Tensor neg() {
        return apply(new Neg());
    }

    /// [Abs]
    default Tensor abs() {
        return apply(new Abs());
    }

    /// [Sign]
    default Tensor sign() {
        return apply(new Sign());
    }

    /// [Square]
    default Tensor square() {
        return apply(new Square());
    }
}

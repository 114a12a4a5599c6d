package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Op;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The laws of composites on floating operands.
final class FloatingLaw {
    private FloatingLaw() {}

    /// One operand, and a result of its type.
    static List<TensorType> same(Op op, List<TensorType> operands) {
        Arity.check(op, operands, 1);
        if (!operands.getFirst().dtype().isFloating()) {
            throw new DTypeMismatch(
                    op.name(), operands, "defined for floating types only; convert with x.to(DType.F32)");
        }
        return operands;
    }

    static List<TensorType> reduce(Op op, List<TensorType> operands, Axes axes) {
        TensorType x = same(op, operands).getFirst();
        return List.of(x.withShape(axes.reduce(x.shape())));
    }

    static List<TensorType> nonEmpty(Op op, List<TensorType> operands, Axes axes) {
        List<TensorType> result = reduce(op, operands, axes);
        if (axes.size(operands.getFirst().shape()) == 0) {
            throw new ShapeMismatch(
                    op.name(),
                    operands,
                    "no elements along axes " + axes.in(operands.getFirst().shape()));
        }
        return result;
    }

    /// All operands are of one floating type.
    static void equalTypes(Op op, List<TensorType> operands) {
        DType dtype = operands.getFirst().dtype();
        if (!dtype.isFloating()) {
            throw new DTypeMismatch(
                    op.name(), operands, "defined for floating types only; convert with x.to(DType.F32)");
        }
        for (TensorType operand : operands) {
            if (operand.dtype() != dtype) {
                throw new DTypeMismatch(
                        op.name(),
                        operands,
                        "element types must be equal; convert one side, for instance x.to(DType." + dtype.name() + ")");
            }
        }
    }

    /// A number that is added to something that may be zero.
    static void positive(String what, double value) {
        if (!(value > 0)) {
            throw new InvalidArgument(what + " must be above 0, not " + value);
        }
    }

    static List<TensorType> pool(Op op, List<TensorType> operands, Window window, Shape taps) {
        Arity.check(op, operands, 1);
        TensorType x = operands.getFirst();
        if (!x.dtype().isFloating()) {
            throw new DTypeMismatch(
                    op.name(), operands, "defined for floating types only; convert with x.to(DType.F32)");
        }
        if (window.rank() != taps.rank() || x.rank() < taps.rank()) {
            throw new ShapeMismatch(
                    op.name(), operands, "a window " + taps + " needs " + taps.rank() + " spatial axes");
        }
        Shape positions = window.positions(x.shape().trailing(taps.rank()), taps);
        if (!window.fits(x.shape().trailing(taps.rank()), taps)) {
            throw new ShapeMismatch(op.name(), operands, "the window " + taps + " is larger than the padded input");
        }
        return List.of(x.withShape(x.shape().leading(taps.rank()).append(positions)));
    }
}

package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.*;
import java.util.*;

/// Sliding windows over the last axes: y[…,p,k] = x[…,p·stride + k·dilation]. The transpose is [Fold].
///
/// x is `[…,spatial…]`, the result `[…,positions…,taps…]`. The window carries no padding: pad first.
///
/// @param window stride and dilation
/// @param taps the extents of the window
public record Unfold(Window window, Shape taps) implements Movement {
    public Unfold {
        if (window.axes().stream().anyMatch(a -> a.low() + a.high() > 0)) {
            throw new InvalidArgument("unfold takes a window without padding; pad the operand first");
        }
        if (window.rank() != taps.rank()) {
            throw new InvalidArgument("a window over " + window.rank() + " axes needs as many taps, not " + taps);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType x = operands.getFirst();
        if (x.rank() < taps.rank()) {
            throw new ShapeMismatch(
                    name(), operands, "the window " + taps + " needs at least " + taps.rank() + " axes");
        }
        Shape spatial = x.shape().trailing(taps.rank());
        Shape positions = window.positions(spatial, taps);
        if (!window.fits(spatial, taps)) {
            throw new ShapeMismatch(name(), operands, "the window " + taps + " is larger than the axes " + spatial);
        }
        return List.of(
                x.withShape(x.shape().leading(taps.rank()).append(positions).append(taps)));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        TensorType x = operands.getFirst();
        return List.of(Region.read(infer(operands).getFirst().shape(), 0, strides(x.shape())));
    }

    /// By how much the offset into x moves along each axis of the result.
    long[] strides(Shape x) {
        int lead = x.rank() - taps.rank();
        long[] own = x.strides();
        long[] strides = Arrays.copyOf(own, x.rank() + taps.rank());
        for (int i = 0; i < taps.rank(); i++) {
            strides[lead + i] = own[lead + i] * window.axes().get(i).stride();
            strides[x.rank() + i] = own[lead + i] * window.axes().get(i).dilation();
        }
        return strides;
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        return ct.apply(new Fold(window, call.x().shape().trailing(taps.rank())));
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return List.of(operands.x().apply(this));
    }

    @Override
    public String formula() {
        return "y[p,k] = x[p·s + k·d]";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Unfold(Window.dense(2), Shape.of(2, 2))).normal(2, 3, 4),
                Sample.of(new Unfold(Window.dense(2).stride(2), Shape.of(2, 2))).normal(1, 4, 4),
                Sample.of(new Unfold(Window.dense(1).stride(2).dilation(2), Shape.of(3)))
                        .normal(2, 9));
    }
}

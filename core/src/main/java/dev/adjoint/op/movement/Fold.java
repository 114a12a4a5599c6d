package dev.adjoint.op.movement;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Movement;
import dev.adjoint.op.Sample;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.*;
import java.util.*;

/// Windows added back to where they were read: x[…,p·stride + k·dilation] = Σ y[…,p,k]. The transpose is [Unfold].
///
/// y is `[…,positions…,taps…]`, the result `[…,spatial…]`.
///
/// @param window stride and dilation
/// @param spatial the spatial extents of the result
public record Fold(Window window, Shape spatial) implements Movement {
    public Fold {
        if (window.axes().stream().anyMatch(a -> a.low() + a.high() > 0)) {
            throw new InvalidArgument("fold takes a window without padding; slice the result instead");
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType y = operands.getFirst();
        int rank = spatial.rank();
        if (y.rank() < 2 * rank || window.rank() != rank) {
            throw new ShapeMismatch(name(), operands, "needs " + rank + " axes of positions and " + rank + " of taps");
        }
        Shape result = y.shape().leading(2 * rank).append(spatial);
        Shape positions = window.positions(spatial, y.shape().trailing(rank));
        if (!positions.equals(y.shape().leading(rank).trailing(rank))) {
            throw new ShapeMismatch(
                    name(), operands, "spatial extents " + spatial + " have " + positions + " positions");
        }
        return List.of(y.withShape(result));
    }

    @Override
    public List<Region> regions(List<TensorType> operands) {
        Shape y = operands.getFirst().shape();
        Shape x = infer(operands).getFirst().shape();
        long[] to = new Unfold(window, y.trailing(spatial.rank())).strides(x);
        return List.of(Region.write(0, y, 0, to));
    }

    @Override
    public Tensor transpose(Call call, int operand, Tensor ct) {
        return ct.apply(new Unfold(window, call.x().shape().trailing(spatial.rank())));
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        return List.of(operands.x().apply(this));
    }

    @Override
    public String formula() {
        return "x[p·s + k·d] = Σ y[p,k]";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Fold(Window.dense(2), Shape.of(3, 4))).normal(2, 2, 3, 2, 2),
                Sample.of(new Fold(Window.dense(1).stride(2), Shape.of(7))).normal(3, 3));
    }
}

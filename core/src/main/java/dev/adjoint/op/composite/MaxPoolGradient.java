package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The reverse rule of [MaxPool]: every output's cotangent goes to the elements of its window that equal the output, in
/// equal shares. Operands are the input, the output and the output's cotangent.
///
/// It is linear in the cotangent and piecewise constant in the other two.
public record MaxPoolGradient(Window window, Shape taps) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 3);
        TensorType y =
                FloatingLaw.pool(this, operands.subList(0, 1), window, taps).getFirst();
        if (!operands.get(1).equals(y) || !operands.get(2).equals(y)) {
            throw new ShapeMismatch(name(), operands, "output and cotangent must be of type " + y);
        }
        return operands.subList(0, 1);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = Pooling.pad(operands.get(0), window, Double.NEGATIVE_INFINITY);
        Tensor windows = x.apply(new Unfold(window.padding(0), taps));
        Tensor winners = windows.eq(Pooling.overTaps(operands.get(1), taps)).to(x.dtype());
        Tensor share = winners.div(winners.sum(Pooling.tapAxes(taps).kept()));
        Tensor spread = share.mul(Pooling.overTaps(operands.get(2), taps));
        Tensor folded = spread.apply(new Fold(window.padding(0), x.shape().trailing(taps.rank())));
        return Pooling.crop(folded, window, operands.get(0).shape());
    }

    @Override
    public String formula() {
        return "dx[p·s + k·d − low] += ct[p]·(x = y[p])";
    }

    // The output must be that of the pool for the input: all ones.
    public static List<Sample> samples() {
        return List.of(Sample.of(new MaxPoolGradient(Window.dense(2).stride(2), Shape.of(2, 2)))
                .uniform(1, 1, 1, 4, 4)
                .uniform(1, 1, 1, 2, 2)
                .normal(1, 2, 2));
    }
}

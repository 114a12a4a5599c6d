package dev.adjoint.op.contraction;

import dev.adjoint.op.Batched;
import dev.adjoint.op.Broadcasting;
import dev.adjoint.op.Call;
import dev.adjoint.op.Contraction;
import dev.adjoint.op.Sample;
import dev.adjoint.op.contraction.LoopNest.Loop;
import dev.adjoint.op.contraction.LoopNest.Offsets;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// The matrix product over the last two axes: zᵢⱼ = Σₖ xᵢₖ·yₖⱼ; leading axes broadcast.
///
/// `[…,n,k]` and `[…,k,m]` give `[…,n,m]`. Derivative: dX = dZ·Yᵀ, dY = Xᵀ·dZ.
public record MatMul() implements Contraction {
    @Override
    public TensorType infer(TensorType x, TensorType y) {
        if (x.rank() < 2 || y.rank() < 2) {
            throw new ShapeMismatch(name(), List.of(x, y), "both operands need at least two axes");
        }
        if (x.dim(-1) != y.dim(-2)) {
            throw new ShapeMismatch(
                    name(),
                    List.of(x, y),
                    "columns of the left side (axis -1: " + x.dim(-1) + ") must equal rows of the right side (axis -2: "
                            + y.dim(-2) + ")" + hint(x, y));
        }
        Shape batch = Broadcasting.shape(
                name(),
                List.of(x.withShape(x.shape().leading(2)), y.withShape(y.shape().leading(2))));
        return x.withShape(batch.append(x.dim(-2), y.dim(-1)));
    }

    private static String hint(TensorType x, TensorType y) {
        if (x.dim(-1) == y.dim(-1)) {
            return ". The transpose fits: x.matmul(y.mT())";
        }
        return x.dim(-2) == y.dim(-2) ? ". The transpose fits: x.mT().matmul(y)" : "";
    }

    @Override
    public Tensor transposeLeft(Tensor ct, Call call) {
        return ct.matmul(call.y().mT());
    }

    @Override
    public Tensor transposeRight(Tensor ct, Call call) {
        return call.x().mT().matmul(ct);
    }

    @Override
    public LoopNest loops(TensorType x, TensorType y) {
        Shape out = infer(x, y).shape();
        long[] outStrides = out.strides();
        long[] xStrides = x.shape().leading(2).stridesIn(out.leading(2));
        long[] yStrides = y.shape().leading(2).stridesIn(out.leading(2));
        long n = x.dim(-2);
        long k = x.dim(-1);
        long m = y.dim(-1);
        List<Loop> loops = new ArrayList<>();
        for (int axis = 0; axis < out.rank() - 2; axis++) {
            Offsets stride = new Offsets(xStrides[axis] * n * k, yStrides[axis] * k * m, outStrides[axis]);
            loops.add(new Loop(out.dim(axis), stride));
        }
        loops.add(new Loop(n, new Offsets(k, 0, m)));
        loops.add(new Loop(m, new Offsets(0, 1, 1)));
        loops.add(new Loop(k, new Offsets(1, m, 0)));
        return new LoopNest(loops, List.of(), LoopNest.Padded.LEFT, new Offsets(0, 0, 0));
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        List<Tensor> aligned = operands.aligned();
        return aligned.getFirst().apply(this, aligned);
    }

    @Override
    public String formula() {
        return "zᵢⱼ = Σₖ xᵢₖ·yₖⱼ";
    }

    @Override
    public String vanishes(int operand) {
        return "where the other factor is 0";
    }

    @Override
    public String onnx() {
        return "MatMul";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new MatMul()).normal(2, 3).normal(3, 4),
                Sample.of(new MatMul()).normal(1, 1).normal(1, 1),
                Sample.of(new MatMul()).normal(2, 0).normal(0, 3),
                Sample.of(new MatMul()).normal(2, 2, 3).normal(2, 3, 2),
                Sample.of(new MatMul()).normal(2, 1, 2, 3).normal(3, 3, 2),
                Sample.of(new MatMul()).normal(2, 3).normal(2, 3, 2));
    }
}

package dev.adjoint.op.indexing;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The search for the first element along an axis that beats all others.
final class ExtremeIndex {
    /// Whether a number beats the best so far.
    interface Beats {
        boolean test(double x, double best);
    }

    private ExtremeIndex() {}

    static TensorType infer(Op op, List<TensorType> operands, Axes axes) {
        TensorType x = operands.getFirst();
        if (axes.in(x.shape()).size() != 1) {
            throw new ShapeMismatch(op.name(), operands, "needs exactly one axis, not " + axes.in(x.shape()));
        }
        if (axes.size(x.shape()) == 0) {
            throw new ShapeMismatch(
                    op.name(),
                    operands,
                    "no elements along axis " + axes.in(x.shape()).getFirst());
        }
        return new TensorType(DType.I64, axes.reduce(x.shape()));
    }

    static void find(Slices slices, Elements x, Elements out, Beats beats) {
        for (int outer = 0; outer < slices.outer(); outer++) {
            for (int inner = 0; inner < slices.inner(); inner++) {
                int best = 0;
                for (int i = 1; i < slices.extent(); i++) {
                    double candidate = x.get(slices.start(outer, i) + inner);
                    double held = x.get(slices.start(outer, best) + inner);
                    if (beats.test(candidate, held) || (Double.isNaN(candidate) && !Double.isNaN(held))) {
                        best = i;
                    }
                }
                out.setLong(outer * slices.inner() + inner, best);
            }
        }
    }
}

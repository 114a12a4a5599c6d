package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The search for the first element along an axis that beats all others.
final class ExtremeIndex {
    /// Which end is searched.
    enum Extreme {
        LARGEST(1),
        SMALLEST(-1);

        private final int sign;

        Extreme(int sign) {
            this.sign = sign;
        }

        /// Whether one element beats another. Integers are compared exactly; a NaN beats every number.
        boolean beats(Elements x, int candidate, int held) {
            if (!x.dtype().isFloating()) {
                return sign * Long.compare(x.getLong(candidate), x.getLong(held)) > 0;
            }
            double y = x.get(held);
            return sign * x.get(candidate) > sign * y || (Double.isNaN(x.get(candidate)) && !Double.isNaN(y));
        }
    }

    private ExtremeIndex() {}

    static TensorType infer(Op op, List<TensorType> operands, Axes axes) {
        Arity.check(op, operands, 1);
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

    static void find(Slices slices, Elements x, Elements out, Extreme extreme) {
        for (int outer = 0; outer < slices.outer(); outer++) {
            for (int inner = 0; inner < slices.inner(); inner++) {
                int best = 0;
                for (int i = 1; i < slices.extent(); i++) {
                    if (extreme.beats(x, slices.start(outer, i) + inner, slices.start(outer, best) + inner)) {
                        best = i;
                    }
                }
                out.setLong(outer * slices.inner() + inner, best);
            }
        }
    }
}

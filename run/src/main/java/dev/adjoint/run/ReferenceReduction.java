package dev.adjoint.run;

import dev.adjoint.op.Integers;
import dev.adjoint.op.Numbers;
import dev.adjoint.op.Reduction;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;

/// Combines the elements in row-major order, floating types in double.
final class ReferenceReduction implements Kernel {
    private static final Numbers NUMBERS = new Numbers();
    private static final Integers INTEGERS = new Integers();

    private final Reduction op;
    private final TensorType in;
    private final long[] toStrides;

    ReferenceReduction(Reduction op, TensorType in) {
        this.op = op;
        this.in = in;
        Shape kept = op.axes().kept().reduce(in.shape());
        this.toStrides = kept.stridesIn(in.shape());
        for (int axis : op.axes().in(in.shape())) {
            toStrides[axis] = 0;
        }
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        if (in.dtype().isFloating()) {
            floating(inputs[0], outputs[0]);
        } else {
            integers(inputs[0], outputs[0]);
        }
    }

    private void floating(Elements x, Elements y) {
        Double[] sums = new Double[y.count()];
        Arrays.fill(sums, op.identity(in.dtype()));
        Odometer at = new Odometer(in.shape().dims(), toStrides);
        for (int i = 0; at.hasMore(); i++) {
            sums[at.offset(0)] = op.combine(NUMBERS, sums[at.offset(0)], x.get(i));
            at.advance();
        }
        for (int i = 0; i < sums.length; i++) {
            y.set(i, sums[i]);
        }
    }

    private void integers(Elements x, Elements y) {
        Long[] sums = new Long[y.count()];
        Arrays.fill(sums, (long) op.identity(in.dtype()));
        Odometer at = new Odometer(in.shape().dims(), toStrides);
        for (int i = 0; at.hasMore(); i++) {
            sums[at.offset(0)] = op.combine(INTEGERS, sums[at.offset(0)], x.getLong(i));
            at.advance();
        }
        for (int i = 0; i < sums.length; i++) {
            y.setLong(i, sums[i]);
        }
    }
}

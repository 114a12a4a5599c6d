package dev.adjoint.run;

import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Integers;
import dev.adjoint.op.Numbers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Evaluates the scalar formula for every element.
final class ReferenceElementwise implements Kernel {
    private static final Numbers NUMBERS = new Numbers();
    private static final Integers INTEGERS = new Integers();

    private final Elementwise op;
    private final TensorType out;
    private final long[][] strides;
    private final boolean integers;

    ReferenceElementwise(Elementwise op, List<TensorType> in, TensorType out) {
        this.op = op;
        this.out = out;
        this.strides = in.stream().map(t -> t.shape().stridesIn(out.shape())).toArray(long[][]::new);
        this.integers = in.stream().noneMatch(t -> t.dtype().isFloating());
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Odometer at = new Odometer(out.shape().dims(), strides);
        for (int i = 0; at.hasMore(); i++) {
            element(inputs, at, outputs[0], i);
            at.advance();
        }
    }

    private void element(Elements[] inputs, Odometer at, Elements y, int i) {
        IntStream operands = IntStream.range(0, inputs.length);
        if (integers) {
            Long result = op.compute(
                    INTEGERS,
                    operands.mapToObj(k -> inputs[k].getLong(at.offset(k))).toList());
            y.setLong(i, result);
        } else {
            Double result = op.compute(
                    NUMBERS, operands.mapToObj(k -> inputs[k].get(at.offset(k))).toList());
            y.set(i, result);
        }
    }

    @Override
    public String toString() {
        return op.name() + Arrays.deepToString(strides);
    }
}

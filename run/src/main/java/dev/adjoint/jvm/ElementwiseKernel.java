package dev.adjoint.jvm;

import dev.adjoint.op.Elementwise;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Runs a generated loop over all elements: at once where no operand is repeated along some axes only, else line by
/// line along the innermost axis while an odometer keeps the operands' places.
///
/// The bits are those of the reference: see [Rounding].
final class ElementwiseKernel implements Kernel {
    /// Elements of a part: about 5 µs of additions, about 15 µs of functions, when all is in the cache.
    private static final int PART = 1 << 16;

    private static final int MATH_PART = 1 << 12;

    private final Loop loop;
    private final int part;
    private final Workers workers;

    /// The trip counts of the loops, outermost first; the last is the generated loop's.
    private final int[] extents;

    /// For every operand by how much its place, less the place in the result, moves along each loop.
    private final int[][] steps;

    ElementwiseKernel(Elementwise op, List<TensorType> in, TensorType out, Workers workers) {
        long[][] strides = new long[in.size() + 1][];
        for (int i = 0; i < in.size(); i++) {
            strides[i] = in.get(i).shape().stridesIn(out.shape());
        }
        strides[in.size()] = out.shape().strides();
        Joined joined = Joined.of(out.shape().dims(), strides);
        this.extents = joined.extents();
        int[] to = joined.strides(in.size());
        this.steps = new int[in.size()][];
        List<Access> access = new ArrayList<>();
        for (int i = 0; i < in.size(); i++) {
            int[] from = joined.strides(i);
            access.add(access(from, to));
            steps[i] = access.getLast() == Access.SCALAR ? from : minus(from, to);
        }
        this.loop = Loops.SHARED.of(
                new LoopShape(op, in.stream().map(TensorType::dtype).toList(), access, out.dtype()));
        this.part = Rounding.of(op).callsMath() ? MATH_PART : PART;
        this.workers = workers;
    }

    private static Access access(int[] from, int[] to) {
        if (from[from.length - 1] == 0) {
            return Access.SCALAR;
        }
        return Arrays.equals(from, to) ? Access.ALIGNED : Access.SHIFTED;
    }

    private static int[] minus(int[] from, int[] to) {
        int[] difference = new int[from.length];
        for (int i = 0; i < from.length; i++) {
            difference[i] = from[i] - to[i];
        }
        return difference;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Object[] x = new Object[inputs.length];
        for (int i = 0; i < x.length; i++) {
            x[i] = inputs[i].array();
        }
        Object y = outputs[0].array();
        int count = outputs[0].count();
        if (count == 0) {
            return;
        }
        int line = extents[extents.length - 1];
        if (extents.length == 1) {
            workers.run(
                    Math.ceilDiv(count, part),
                    i -> loop.run(x, y, new int[x.length], i * part, (int) Math.min(count, (i + 1L) * part)));
        } else {
            int lines = count / line;
            int grain = Math.max(1, part / line);
            workers.run(Math.ceilDiv(lines, grain), i -> lines(x, y, i * grain, Math.min(lines, (i + 1) * grain)));
        }
    }

    private void lines(Object[] x, Object y, int first, int end) {
        int[] index = new int[extents.length - 1];
        int[] at = new int[x.length];
        seek(first, index, at);
        int length = extents[extents.length - 1];
        for (int line = first; line < end; line++) {
            loop.run(x, y, at, line * length, (line + 1) * length);
            advance(index, at);
        }
    }

    private void seek(int line, int[] index, int[] at) {
        int rest = line;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            index[axis] = rest % extents[axis];
            rest /= extents[axis];
            for (int i = 0; i < at.length; i++) {
                at[i] += index[axis] * steps[i][axis];
            }
        }
    }

    private void advance(int[] index, int[] at) {
        for (int axis = index.length - 1; axis >= 0; axis--) {
            boolean carries = ++index[axis] == extents[axis];
            int by = carries ? 1 - extents[axis] : 1;
            for (int i = 0; i < at.length; i++) {
                at[i] += by * steps[i][axis];
            }
            if (!carries) {
                return;
            }
            index[axis] = 0;
        }
    }
}

package dev.adjoint.op.contraction;

import dev.adjoint.op.contraction.LoopNest.Guard;
import dev.adjoint.op.contraction.LoopNest.Loop;
import dev.adjoint.op.contraction.LoopNest.Offsets;
import dev.adjoint.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// The loops of a convolution: over examples, groups, channels, positions and taps.
final class ConvolutionLoops {
    private ConvolutionLoops() {}

    /// @param shapes those of the input, the kernel and the result
    static LoopNest of(Window window, long groups, List<Shape> shapes) {
        Shape x = shapes.get(0);
        Shape w = shapes.get(1);
        Shape y = shapes.get(2);
        long[] xs = x.strides();
        long[] ws = w.strides();
        long[] ys = y.strides();
        long outPerGroup = y.dim(1) / groups;
        long inPerGroup = w.dim(1);
        List<Loop> loops = new ArrayList<>();
        loops.add(new Loop(x.dim(0), new Offsets(xs[0], 0, ys[0])));
        loops.add(new Loop(groups, new Offsets(inPerGroup * xs[1], outPerGroup * ws[0], outPerGroup * ys[1])));
        loops.add(new Loop(outPerGroup, new Offsets(0, ws[0], ys[1])));
        loops.add(new Loop(inPerGroup, new Offsets(xs[1], ws[1], 0)));
        long base = 0;
        for (int i = 0; i < window.rank(); i++) {
            Window.Axis axis = window.axes().get(i);
            loops.add(new Loop(y.dim(2 + i), new Offsets(axis.stride() * xs[2 + i], 0, ys[2 + i])));
            loops.add(new Loop(w.dim(2 + i), new Offsets(axis.dilation() * xs[2 + i], ws[2 + i], 0)));
            base -= axis.low() * xs[2 + i];
        }
        return new LoopNest(loops, guards(window, x, loops.size()), LoopNest.Padded.LEFT, new Offsets(base, 0, 0));
    }

    private static List<Guard> guards(Window window, Shape x, int loops) {
        List<Guard> guards = new ArrayList<>();
        for (int i = 0; i < window.rank(); i++) {
            Window.Axis axis = window.axes().get(i);
            List<Long> coefficients = new ArrayList<>(Collections.nCopies(loops, 0L));
            coefficients.set(4 + 2 * i, axis.stride());
            coefficients.set(5 + 2 * i, axis.dilation());
            guards.add(new Guard(coefficients, -axis.low(), x.dim(2 + i)));
        }
        return guards;
    }
}

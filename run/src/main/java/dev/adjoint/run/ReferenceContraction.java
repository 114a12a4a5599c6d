package dev.adjoint.run;

import dev.adjoint.op.contraction.LoopNest;
import dev.adjoint.op.contraction.LoopNest.Guard;
import dev.adjoint.op.contraction.LoopNest.Loop;
import dev.adjoint.op.contraction.LoopNest.Padded;
import dev.adjoint.tensor.Elements;

/// Runs the loops of a contraction as they stand, sums in double for floating types.
final class ReferenceContraction implements Kernel {
    private final LoopNest nest;

    ReferenceContraction(LoopNest nest) {
        this.nest = nest;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        boolean floating = outputs[0].dtype().isFloating();
        double[] sums = new double[floating ? outputs[0].count() : 0];
        for (Odometer at = odometer(); at.hasMore(); at.advance()) {
            boolean inside = nest.guards().stream().allMatch(guard -> holds(guard, at));
            if (inside || nest.padded() == Padded.LEFT) {
                int left = at.offset(0) + (int) nest.base().left();
                int right = at.offset(1) + (int) nest.base().right();
                int out = at.offset(2) + (int) nest.base().out();
                if (floating) {
                    sums[out] += (inside ? inputs[0].get(left) : 0) * inputs[1].get(right);
                } else if (inside) {
                    long product = inputs[0].getLong(left) * inputs[1].getLong(right);
                    outputs[0].setLong(out, outputs[0].getLong(out) + product);
                }
            }
        }
        for (int i = 0; i < sums.length; i++) {
            outputs[0].set(i, sums[i]);
        }
    }

    private Odometer odometer() {
        long[] extents = nest.loops().stream().mapToLong(Loop::extent).toArray();
        long[] left = nest.loops().stream().mapToLong(l -> l.stride().left()).toArray();
        long[] right = nest.loops().stream().mapToLong(l -> l.stride().right()).toArray();
        long[] out = nest.loops().stream().mapToLong(l -> l.stride().out()).toArray();
        return new Odometer(extents, left, right, out);
    }

    private static boolean holds(Guard guard, Odometer at) {
        long position = guard.first();
        for (int loop = 0; loop < guard.coefficients().size(); loop++) {
            position += guard.coefficients().get(loop) * at.index(loop);
        }
        return position >= 0 && position < guard.size();
    }
}

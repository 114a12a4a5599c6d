package dev.adjoint.run;

import dev.adjoint.op.movement.Region;
import dev.adjoint.tensor.Elements;
import java.util.List;

/// Moves the elements of every region; where regions meet, elements add.
final class ReferenceMovement implements Kernel {
    private final List<Region> regions;
    private final double fill;

    ReferenceMovement(List<Region> regions, double fill) {
        this.regions = regions;
        this.fill = fill;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        boolean[] written = new boolean[outputs[0].count()];
        for (Region region : regions) {
            move(inputs[region.operand()], region, outputs[0], written);
        }
        for (int i = 0; i < written.length; i++) {
            if (!written[i]) {
                outputs[0].set(i, fill);
            }
        }
    }

    private static void move(Elements x, Region region, Elements y, boolean[] written) {
        Odometer at = new Odometer(region.box().dims(), region.fromStrides(), region.toStrides());
        for (; at.hasMore(); at.advance()) {
            int from = at.offset(0) + (int) region.from();
            int to = at.offset(1) + (int) region.to();
            if (x.dtype().isFloating()) {
                y.set(to, written[to] ? y.get(to) + x.get(from) : x.get(from));
            } else {
                y.setLong(to, written[to] ? y.getLong(to) + x.getLong(from) : x.getLong(from));
            }
            written[to] = true;
        }
    }
}

package dev.adjoint.jvm;

import dev.adjoint.op.movement.Region;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Moves boxes of elements: whole blocks where both sides are contiguous, tiles where two axes change places, evenly
/// spaced lines otherwise.
final class MovementKernel implements Kernel {
    /// Elements below which a part is not worth handing out (about 30 µs).
    private static final int PART = 1 << 16;

    private final List<Box> boxes;
    private final List<Integer> operands;
    private final Lines lines;
    private final double fill;

    /// Whether the boxes leave no gap.
    private final boolean complete;

    private final Workers workers;

    /// @param regions which do not meet in the result
    MovementKernel(List<Region> regions, double fill, TensorType out, Workers workers) {
        this.boxes = regions.stream().map(Box::of).toList();
        this.operands = regions.stream().map(Region::operand).toList();
        this.lines = Lines.of(out.dtype());
        this.fill = fill;
        this.complete =
                regions.stream().mapToLong(region -> region.box().count()).sum()
                        == out.shape().count();
        this.workers = workers;
    }

    @Override
    public boolean overwrites() {
        return complete;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Object y = outputs[0].array();
        if (Double.doubleToLongBits(fill) != 0) {
            lines.fill(y, 0, outputs[0].count(), fill);
        }
        for (int i = 0; i < boxes.size(); i++) {
            Box box = boxes.get(i);
            Object x = inputs[operands.get(i)].array();
            int grain = Math.max(1, PART / Math.max(1, box.sliceCount()));
            workers.run(
                    Math.ceilDiv(box.slices(), grain),
                    part -> box.move(lines, x, y, part * grain, Math.min(box.slices(), (part + 1) * grain)));
        }
    }
}

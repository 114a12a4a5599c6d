package dev.adjoint.jvm;

import dev.adjoint.op.movement.Region;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/// Moves boxes of elements: whole blocks where both sides are contiguous, tiles where two axes change places, evenly
/// spaced lines otherwise.
final class MovementKernel extends ReusingKernel {
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
    protected InRow inRow() {
        return new Run();
    }

    /// One run at a time, and its parts.
    private final class Run implements InRow, IntConsumer {
        private final Object[] sides = new Object[2];
        private int box;
        private int grain;

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            if (Double.doubleToLongBits(fill) != 0) {
                lines.fill(outputs[0].array(), 0, outputs[0].count(), fill);
            }
            sides[1] = outputs[0].array();
            try {
                for (box = 0; box < boxes.size(); box++) {
                    sides[0] = inputs[operands.get(box)].array();
                    grain = Math.max(1, PART / Math.max(1, boxes.get(box).sliceCount()));
                    workers.run(Math.ceilDiv(boxes.get(box).slices(), grain), this);
                }
            } finally {
                Arrays.fill(sides, null);
            }
        }

        @Override
        public void accept(int part) {
            Box moved = boxes.get(box);
            int end = Math.min(moved.slices(), (part + 1) * grain);
            moved.move(lines, sides[0], sides[1], part * grain, end);
        }
    }
}

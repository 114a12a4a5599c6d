package dev.adjoint.onednn;

import dev.adjoint.run.Workers;
import java.lang.foreign.MemorySegment;

/// Images in blocks, such that the positions of a block make a matrix wide enough for the product to be fast; and blocks in
/// parts, such that a part is worth handing to a thread. Both depend on the sizes alone.
///
/// @param images the extents
/// @param perBlock images of a block
/// @param perPart blocks of a part
record Blocks(Images images, int perBlock, int perPart) {
    /// Operations below which a part is not worth handing out: about 15 µs.
    private static final double PART = 1 << 22;

    /// Blocks of at least that many positions, if there are so many.
    static Blocks of(Images images, int positions) {
        int perBlock = Math.clamp(Math.ceilDiv(positions, images.positions()), 1, images.count());
        double work = 2.0 * images.out() * images.depth() * images.positions() * perBlock;
        return new Blocks(images, perBlock, Math.clamp((long) Math.ceil(PART / work), 1, images.count()));
    }

    /// The blocks of one group.
    int perGroup() {
        return Math.ceilDiv(images.count(), perBlock);
    }

    /// Positions of a whole block.
    int width() {
        return perBlock * images.positions();
    }

    /// What happens to a block.
    @FunctionalInterface
    interface Visitor {
        /// Works on the images of one group from the first to before the end.
        ///
        /// @param group the channel group
        /// @param first the first image
        /// @param end one past the last
        void block(int group, int first, int end);
    }

    /// All blocks of all groups, on the workers.
    void run(Workers workers, Visitor visitor) {
        int all = (int) images.groups() * perGroup();
        workers.run(Math.ceilDiv(all, perPart), part -> {
            for (int block = part * perPart; block < Math.min(all, (part + 1) * perPart); block++) {
                visit(block / perGroup(), block % perGroup(), visitor);
            }
        });
    }

    /// One block of a group.
    void visit(int group, int block, Visitor visitor) {
        int first = block * perBlock;
        visitor.block(group, first, Math.min(images.count(), first + perBlock));
    }

    /// Copies the output planes of a block's images next to each other, row by row of a matrix.
    void gather(float[] y, int group, int first, int end, MemorySegment rows) {
        int positions = images.positions();
        long width = (long) (end - first) * positions;
        for (int image = first; image < end; image++) {
            int from = images.output(image, group);
            if (end - first == 1) {
                Scratch.copy(y, from, rows, 0, images.out() * positions);
                return;
            }
            for (int channel = 0; channel < images.out(); channel++) {
                long to = channel * width + (long) (image - first) * positions;
                Scratch.copy(y, from + channel * positions, rows, to, positions);
            }
        }
    }

    /// Copies the rows of a matrix back to the output planes of a block's images.
    void scatter(MemorySegment rows, int group, int first, int end, float[] y) {
        int positions = images.positions();
        long width = (long) (end - first) * positions;
        for (int image = first; image < end; image++) {
            int to = images.output(image, group);
            if (end - first == 1) {
                Scratch.copy(rows, 0, y, to, images.out() * positions);
                return;
            }
            for (int channel = 0; channel < images.out(); channel++) {
                long from = channel * width + (long) (image - first) * positions;
                Scratch.copy(rows, from, y, to + channel * positions, positions);
            }
        }
    }
}

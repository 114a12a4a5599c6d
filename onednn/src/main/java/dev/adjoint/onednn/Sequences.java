package dev.adjoint.onednn;

import dev.adjoint.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/// The extents of a recurrent network over time, and its cut: blocks of sequences, each of which goes through all steps, so that no
/// thread waits for another between two steps. The cut depends on the number of sequences alone.
///
/// @param count how many sequences there are
/// @param steps how many steps each has
/// @param width numbers of a state
record Sequences(int count, int steps, int width) {
    /// Blocks that are enough for any number of threads.
    private static final int MANY = 8;

    /// Rows that the library's product takes at the speed of more.
    private static final int FEWEST = 8;

    /// Rows whose gates still fit the second-level cache.
    private static final int MOST = 64;

    /// @param states `[N,T,H]`
    static Sequences of(TensorType states) {
        return new Sequences((int) states.dim(0), (int) states.dim(1), (int) states.dim(2));
    }

    /// Sequences of a block that is not the last one.
    int rows() {
        return Math.clamp(Math.ceilDiv(count, MANY), FEWEST, MOST);
    }

    int blocks() {
        return Math.ceilDiv(count, rows());
    }

    /// The sequences of a block.
    Rows block(int block) {
        int first = block * rows();
        return new Rows(this, first, Math.min(rows(), count - first));
    }

    /// Numbers of one state for every sequence of a whole block.
    int size() {
        return rows() * width;
    }

    /// Some sequences that go through the steps together. Their numbers of one step stand side by side in a block, sequence by
    /// sequence, and far from each other in tensors `[N,T,parts·H]`.
    ///
    /// @param of all of them
    /// @param first the first one
    /// @param count how many
    record Rows(Sequences of, int first, int count) {
        /// Where a part of the first sequence begins at a step of a tensor `[N,T,parts·H]`.
        private int place(int step, int parts, int part) {
            return ((first * of.steps + step) * parts + part) * of.width;
        }

        /// Copies one part of a step to a block.
        void load(float[] from, int step, int parts, int part, float[] to) {
            int at = place(step, parts, part);
            for (int i = 0; i < count; i++) {
                System.arraycopy(from, at + i * of.steps * parts * of.width, to, i * of.width, of.width);
            }
        }

        /// Copies all parts of a step to the rows of a matrix.
        void load(float[] from, int step, int parts, MemorySegment to) {
            int length = parts * of.width;
            int at = place(step, parts, 0);
            for (int i = 0; i < count; i++) {
                Scratch.copy(from, at + i * of.steps * length, to, (long) i * length, length);
            }
        }

        /// Copies a block to one part of a step.
        void store(float[] from, float[] to, int step, int parts, int part) {
            int at = place(step, parts, part);
            for (int i = 0; i < count; i++) {
                System.arraycopy(from, i * of.width, to, at + i * of.steps * parts * of.width, of.width);
            }
        }

        /// Copies states `[N,H]` to a block.
        void loadState(float[] from, float[] to) {
            System.arraycopy(from, first * of.width, to, 0, count * of.width);
        }

        /// Copies a block to states `[N,H]`.
        void storeState(float[] from, float[] to) {
            System.arraycopy(from, 0, to, first * of.width, count * of.width);
        }
    }
}

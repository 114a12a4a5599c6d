package dev.adjoint.onednn;

import dev.adjoint.tensor.TensorType;
import java.lang.foreign.MemorySegment;

/// The extents of a recurrent network over time, and its cut: blocks of sequences, each of which goes through all steps, so that no
/// thread waits for another between two steps. The cut depends on the extents alone.
///
/// @param count how many sequences there are
/// @param steps how many steps each has
/// @param inputs numbers of an input
/// @param width numbers of a state
record Sequences(int count, int steps, int inputs, int width) {
    /// Parts of what the weights make of an input and a state, and of what is kept of every step.
    static final int GATES = 4;

    /// Blocks that are enough for any number of threads.
    private static final int MANY = 8;

    /// Weights that stay in the second-level cache, beside everything else, while block after block reads them.
    private static final long CACHED = 1 << 17;

    /// Rows that the library's product takes at the speed of more: with weights from the second-level cache and from farther away.
    private static final int FEW = 8;

    private static final int SOME = 16;

    /// Rows whose gates still fit the second-level cache.
    private static final int MOST = 64;

    /// @param x `[N,T,I]`
    /// @param states `[N,T,H]`
    static Sequences of(TensorType x, TensorType states) {
        return new Sequences((int) x.dim(0), (int) x.dim(1), (int) x.dim(2), (int) states.dim(2));
    }

    /// Numbers of a row that the weights multiply: an input, 1 for the bias, and a state.
    int depth() {
        return inputs + width + 1;
    }

    /// Numbers of a row that the weights make.
    int wide() {
        return GATES * width;
    }

    /// Sequences of a block that is not the last one.
    int rows() {
        int fewest = (long) depth() * wide() <= CACHED ? FEW : SOME;
        return Math.min(count, Math.clamp(Math.ceilDiv(count, MANY), fewest, MOST));
    }

    int blocks() {
        return Math.ceilDiv(count, rows());
    }

    /// The sequences of a block.
    Rows block(int block) {
        int first = block * rows();
        return new Rows(this, block, Math.min(rows(), count - first));
    }

    /// Numbers of one state for every sequence of a whole block.
    int size() {
        return rows() * width;
    }

    /// Rows of all blocks and steps, where blocks are whole.
    long allRows() {
        return (long) blocks() * steps * rows();
    }

    /// Rows in native memory.
    ///
    /// @param memory of a matrix
    /// @param at where the first row's part begins
    /// @param stride the distance of two rows
    record Place(MemorySegment memory, long at, long stride) {
        /// Where the first row's part is.
        long address() {
            return memory.address() + at * Float.BYTES;
        }

        /// The same rows from a later column on.
        Place from(long column) {
            return new Place(memory, at + column, stride);
        }
    }

    /// Some sequences that go through the steps together. Their numbers of one step stand side by side in an array, sequence by
    /// sequence, and far from each other in tensors `[N,T,…]`.
    ///
    /// @param of all of them
    /// @param block which block they are
    /// @param count how many
    record Rows(Sequences of, int block, int count) {
        private int first() {
            return block * of.rows();
        }

        /// Numbers of one state for every one.
        int size() {
            return count * of.width;
        }

        /// Where a row of this block stands at a step, if all blocks stand behind each other, step by step.
        long row(int step) {
            return ((long) block * of.steps + step) * of.rows();
        }

        /// Where the first sequence's row of a tensor `[N,T,length]` begins at a step.
        private int place(int step, int length) {
            return (first() * of.steps + step) * length;
        }

        /// Copies one part of the rows of a tensor `[N,T,parts·H]` at a step.
        void load(float[] from, int step, int parts, int part, float[] to) {
            int width = of.width;
            int at = place(step, parts * width) + part * width;
            for (int i = 0; i < count; i++) {
                System.arraycopy(from, at + i * of.steps * parts * width, to, i * width, width);
            }
        }

        /// Copies to one part of the rows of a tensor `[N,T,parts·H]` at a step.
        void store(float[] from, float[] to, int step, int parts, int part) {
            int width = of.width;
            int at = place(step, parts * width) + part * width;
            for (int i = 0; i < count; i++) {
                System.arraycopy(from, i * width, to, at + i * of.steps * parts * width, width);
            }
        }

        /// Copies rows of states `[N,H]`.
        void loadState(float[] from, float[] to) {
            System.arraycopy(from, first() * of.width, to, 0, size());
        }

        /// Copies to rows of states `[N,H]`.
        void storeState(float[] from, float[] to) {
            System.arraycopy(from, 0, to, first() * of.width, size());
        }

        /// Copies rows of a tensor `[N,T,length]` at a step.
        void load(float[] from, int step, int length, Place to) {
            int at = place(step, length);
            for (int i = 0; i < count; i++) {
                Scratch.copy(from, at + i * of.steps * length, to.memory, to.at + i * to.stride, length);
            }
        }

        /// Copies to rows of a tensor `[N,T,length]` at a step.
        void store(Place from, float[] to, int step, int length) {
            int at = place(step, length);
            for (int i = 0; i < count; i++) {
                Scratch.copy(from.memory, from.at + i * from.stride, to, at + i * of.steps * length, length);
            }
        }

        /// Copies rows of states `[N,H]`.
        void loadState(float[] from, Place to) {
            in(from, first() * of.width, to, 0);
        }

        void in(float[] from, Place to) {
            in(from, 0, to, 0);
        }

        /// Copies to one gate of the rows of a place.
        void in(float[] from, Place to, int gate) {
            in(from, 0, to, (long) gate * of.width);
        }

        private void in(float[] from, int at, Place to, long column) {
            for (int i = 0; i < count; i++) {
                Scratch.copy(from, at + i * of.width, to.memory, to.at + column + i * to.stride, of.width);
            }
        }

        void out(Place from, float[] to) {
            out(from, 0, to);
        }

        /// Copies one gate of the rows of a place.
        void out(Place from, int gate, float[] to) {
            long column = (long) gate * of.width;
            for (int i = 0; i < count; i++) {
                Scratch.copy(from.memory, from.at + column + i * from.stride, to, i * of.width, of.width);
            }
        }
    }
}

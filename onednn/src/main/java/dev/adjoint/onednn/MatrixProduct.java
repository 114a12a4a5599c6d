package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/// Products of matrices, any number of them, whose operands may be permuted views: each matrix is stored by rows or by
/// columns, wherever the other axes put it. An epilogue's bias is added by the library; the ramp is taken of each block when it
/// has been copied.
final class MatrixProduct extends ReusingKernel {
    /// Numbers of a product that keeps memory of its own: 64 KiB.
    private static final int SMALL = 1 << 14;

    /// Numbers of a result that does not stay in a cache from one pass to the next: 1 MiB.
    private static final long LARGE = 1 << 18;

    /// A block of the result.
    ///
    /// @param number of the block in its matrix
    /// @param size its extents
    /// @param product which makes it
    /// @param row where it begins in the left factor
    /// @param column where it begins in the right one
    /// @param place where it begins in its matrix
    private record Block(int number, Extents size, Product product, long row, long column, long place) {}

    private final Gemm gemm;
    private final Numbers numbers;
    private final Workers workers;
    private final ProductCluster of;
    private final MatrixOperand left;
    private final MatrixOperand right;
    private final Blocks blocks;
    private final long[] batch;
    private final long matrices;

    /// The blocks of a matrix.
    private final List<Block> prepared;

    /// @throws IllegalStateException if the library has no such product
    private MatrixProduct(Gemm gemm, Workers workers, ProductCluster of) {
        this.gemm = gemm;
        this.numbers = gemm.numbers();
        this.workers = workers;
        this.of = of;
        this.left = of.left();
        this.right = of.right();
        this.blocks = Blocks.of(of.extents(), of.batch());
        this.batch = of.batch().dims();
        this.matrices = of.batch().count();
        this.prepared =
                LongStream.range(0, blocks.count()).mapToObj(this::prepare).toList();
    }

    private Block prepare(long block) {
        Extents size = blocks.at(block);
        Product product = gemm.product(form(size));
        return new Block((int) block, size, product, blocks.row(block), blocks.column(block), blocks.place(block));
    }

    /// A kernel, or nothing where an operand's matrices are stored neither by rows nor by columns, or where the library has no
    /// code of its own for such a product.
    static Optional<Kernel> of(Cluster cluster, Gemm gemm, Workers workers) {
        try {
            return ProductCluster.of(cluster)
                    .map(of -> new MatrixProduct(gemm, workers, of))
                    .filter(product -> product.isFast() && product.takesRamp())
                    .map(Kernel.class::cast);
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    private boolean isFast() {
        return prepared.stream().allMatch(block -> block.product.isFast());
    }

    /// Whether a ramp of the parts of rows that stand in a block takes no longer than one of all rows afterwards, if there is one.
    private boolean takesRamp() {
        return !of.isRamp()
                || blocks.columnUnits() == 1
                || matrices * blocks.extents().size() >= LARGE;
    }

    /// Whether it is one product of one block, and all three matrices are small.
    private boolean isSmall() {
        Extents all = blocks.extents();
        long factors = all.depth() * (all.rows() + all.columns());
        return prepared.size() == 1 && batch.length == 0 && factors + all.size() <= SMALL;
    }

    private Product.Form form(Extents size) {
        MemorySegment none = MemorySegment.NULL;
        Matrix result = new Matrix(none, 0, size.columns(), false);
        Product.Form form = gemm.form(size, matrix(none, left), matrix(none, right), result);
        return of.isBiased() ? form.biased() : form;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    protected InRow inRow() {
        return isSmall() ? new AtOnce() : new Copying();
    }

    @Override
    public InRow inRow(Set<Integer> constant) {
        return constant.contains(left.input()) || constant.contains(right.input()) ? new Held(constant) : inRow();
    }

    /// One run at a time, and its parts.
    private abstract class Run implements InRow {
        private final long all = matrices * prepared.size();
        private final long grain = blocks.grain(all);
        private final IntConsumer multiplying = this::part;
        private final Object[] result = new Object[1];
        private final Bias bias = new Bias(of, numbers);
        private MemorySegment x = MemorySegment.NULL;

        /// Multiplies what has been copied from the right.
        ///
        /// @param a the address of the rows on the left
        /// @param c the address of the result
        abstract void multiply(Block block, int matrix, long a, long c);

        /// The address of what is added to the columns of a block; null if nothing is.
        long bias(Block block) {
            return bias.at(block.column);
        }

        void multiply(MemorySegment from, Elements[] inputs, Elements out) {
            x = from;
            result[0] = out.array();
            bias.copy(inputs);
            try {
                workers.run(Math.toIntExact(Math.ceilDiv(all, grain)), multiplying);
            } finally {
                Arrays.fill(result, null);
            }
        }

        private void part(int part) {
            // a block at a time, so that it is still in the cache when it is copied
            MemorySegment z = numbers.borrow(blocks.rows() * blocks.columns());
            for (long unit = part * grain; unit < Math.min(all, (part + 1) * grain); unit++) {
                int matrix = (int) (unit / prepared.size());
                Block block = prepared.get((int) (unit % prepared.size()));
                multiply(block, matrix, address(x, left, matrix, left.row(block.row)), z.address());
                copyOut(z, block.size, result[0], matrix * blocks.extents().size() + block.place);
            }
            Scratch.SHARED.giveBack(z);
        }
    }

    /// A run with operands that are copied in every run, both at once and in parts of equal size.
    private final class Copying extends Run {
        private final IntConsumer copying = this::copy;
        private final Elements[] operands = new Elements[2];
        private MemorySegment toX = MemorySegment.NULL;
        private MemorySegment toY = MemorySegment.NULL;
        private int partsX;

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            operands[0] = inputs[left.input()];
            operands[1] = inputs[right.input()];
            toX = numbers.borrow(operands[0].count());
            toY = numbers.borrow(operands[1].count());
            try {
                copy();
                multiply(toX, inputs, outputs[0]);
            } finally {
                Arrays.fill(operands, null);
                Scratch.SHARED.giveBack(toX);
                Scratch.SHARED.giveBack(toY);
            }
        }

        /// Little is copied sooner than another thread has begun.
        private void copy() {
            partsX = Math.ceilDiv(operands[0].count(), HeldOperand.COPY);
            int parts = partsX + Math.ceilDiv(operands[1].count(), HeldOperand.COPY);
            if (operands[0].count() + operands[1].count() <= HeldOperand.COPY) {
                for (int part = 0; part < parts; part++) {
                    copy(part);
                }
            } else {
                workers.run(parts, copying);
            }
        }

        private void copy(int part) {
            if (part < partsX) {
                HeldOperand.copy(numbers, operands[0], toX, part);
            } else {
                HeldOperand.copy(numbers, operands[1], toY, part - partsX);
            }
        }

        @Override
        void multiply(Block block, int matrix, long a, long c) {
            long b = address(toY, right, matrix, right.column(block.column));
            block.product.run(a, b, c, bias(block));
        }
    }

    /// A product that takes no longer than what is around it, in memory that stays where it is.
    private final class AtOnce implements InRow {
        private final Extents all = blocks.extents();
        private final MemorySegment x = numbers.allocate(all.rows() * all.depth());
        private final MemorySegment y = numbers.allocate(all.depth() * all.columns());
        private final MemorySegment z = numbers.allocate(all.size());
        private final Bias bias = new Bias(of, numbers);
        private final Runnable product = bias.on(prepared.getFirst().product, x, y, z);

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            Elements from = inputs[left.input()];
            Elements other = inputs[right.input()];
            numbers.in(from.array(), x, 0, from.count());
            numbers.in(other.array(), y, 0, other.count());
            bias.copy(inputs);
            product.run();
            copyOut(z, all, outputs[0].array(), 0);
        }
    }

    /// Runs in a row: constant operands are copied once, and a right one is packed once if all products share it.
    private final class Held extends Run {
        private final HeldOperand x;
        private final HeldOperand y;
        private final Optional<PackedFactor> packed;

        Held(Set<Integer> constant) {
            this.x = new HeldOperand(left, constant, numbers, workers);
            this.y = new HeldOperand(right, constant, numbers, workers);
            this.packed = constant.contains(right.input()) && right.isSingle()
                    ? PackedFactor.of(gemm, blocks, MatrixProduct.this::form)
                    : Optional.empty();
        }

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            x.update(inputs, turn);
            y.update(inputs, turn);
            if (turn == Turn.FIRST && packed.isPresent()) {
                packed.get().pack(matrix(y.memory(), right));
            }
            multiply(x.memory(), inputs, outputs[0]);
        }

        @Override
        void multiply(Block block, int matrix, long a, long c) {
            if (packed.isPresent()) {
                packed.get().multiply(block.number, a, c, bias(block));
            } else {
                long b = address(y.memory(), right, matrix, right.column(block.column));
                block.product.run(a, b, c, bias(block));
            }
        }
    }

    private void copyOut(MemorySegment z, Extents block, Object out, long place) {
        long stride = blocks.extents().columns();
        if (block.columns() == stride) {
            out(z, 0, out, (int) place, (int) block.size());
            return;
        }
        for (long row = 0; row < block.rows(); row++) {
            out(z, row * block.columns(), out, (int) (place + row * stride), (int) block.columns());
        }
    }

    /// Copies numbers of a result, or their ramps.
    private void out(MemorySegment z, long at, Object to, int place, int count) {
        numbers.out(z, at, to, place, count);
        if (of.isRamp()) {
            Ramp.apply((float[]) to, place, count);
        }
    }

    private static Matrix matrix(MemorySegment memory, MatrixOperand operand) {
        return new Matrix(memory, 0, operand.stride(), operand.transposed());
    }

    /// The address of a number of a matrix.
    ///
    /// @param index which matrix of the batch
    /// @param at the number in it
    private long address(MemorySegment memory, MatrixOperand operand, long index, long at) {
        long rest = index;
        long offset = at;
        for (int axis = batch.length - 1; axis >= 0; axis--) {
            offset += rest % batch[axis] * operand.batch()[axis];
            rest /= batch[axis];
        }
        return gemm.address(memory, offset);
    }
}

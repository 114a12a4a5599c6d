package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/// Products of matrices, any number of them, whose operands may be permuted views: each matrix is stored by rows or by
/// columns, wherever the other axes put it.
final class MatrixProduct extends ReusingKernel {
    /// Elements that one thread copies at a time.
    private static final int COPY = 1 << 16;

    /// Numbers of a product that keeps memory of its own: 64 KiB.
    private static final int SMALL = 1 << 14;

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
    private final MatrixOperand left;
    private final MatrixOperand right;
    private final Blocks blocks;
    private final long[] batch;
    private final long matrices;

    /// The blocks of a matrix.
    private final List<Block> prepared;

    /// @throws IllegalStateException if the library has no such product
    private MatrixProduct(Gemm gemm, Workers workers, List<MatrixOperand> operands, Extents extents, Shape batch) {
        this.gemm = gemm;
        this.numbers = gemm.numbers();
        this.workers = workers;
        this.left = operands.get(0);
        this.right = operands.get(1);
        this.blocks = Blocks.of(extents, batch);
        this.batch = batch.dims();
        this.matrices = batch.count();
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
        Value product = cluster.graph().outputs().getFirst();
        boolean views = cluster.graph().calls().stream()
                .filter(call -> call != product)
                .allMatch(call -> call.op() instanceof Permute && call.input(0).isInput());
        Shape outer = product.shape().leading(2);
        Optional<MatrixOperand> left = MatrixOperand.of(cluster, product.input(0), outer);
        Optional<MatrixOperand> right = MatrixOperand.of(cluster, product.input(1), outer);
        if (!views || left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        Extents extents =
                new Extents(product.dim(-2), product.dim(-1), product.input(0).dim(-1));
        List<MatrixOperand> operands = List.of(left.get(), right.get());
        boolean one = right.get().isSingle() && left.get().isOneBelowTheOther(extents.rows(), outer);
        try {
            MatrixProduct kernel = one
                    ? new MatrixProduct(
                            gemm,
                            workers,
                            operands.stream().map(MatrixOperand::alone).toList(),
                            new Extents(extents.rows() * outer.count(), extents.columns(), extents.depth()),
                            Shape.of())
                    : new MatrixProduct(gemm, workers, operands, extents, outer);
            return kernel.isFast() ? Optional.of(kernel) : Optional.empty();
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    private boolean isFast() {
        return prepared.stream().allMatch(block -> block.product.isFast());
    }

    /// Whether it is one product of one block, and all three matrices are small.
    private boolean isSmall() {
        Extents all = blocks.extents();
        long factors = all.depth() * (all.rows() + all.columns());
        return prepared.size() == 1 && batch.length == 0 && factors + all.size() <= SMALL;
    }

    private Product.Form form(Extents size) {
        MemorySegment none = MemorySegment.NULL;
        return gemm.form(size, matrix(none, left), matrix(none, right), new Matrix(none, 0, size.columns(), false));
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
        private MemorySegment x = MemorySegment.NULL;

        /// Multiplies what has been copied from the right.
        ///
        /// @param a the address of the rows on the left
        /// @param c the address of the result
        abstract void multiply(Block block, int matrix, long a, long c);

        void multiply(MemorySegment from, Elements out) {
            x = from;
            result[0] = out.array();
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
                multiply(toX, outputs[0]);
            } finally {
                Arrays.fill(operands, null);
                Scratch.SHARED.giveBack(toX);
                Scratch.SHARED.giveBack(toY);
            }
        }

        /// Little is copied sooner than another thread has begun.
        private void copy() {
            partsX = Math.ceilDiv(operands[0].count(), COPY);
            int parts = partsX + Math.ceilDiv(operands[1].count(), COPY);
            if (operands[0].count() + operands[1].count() <= COPY) {
                for (int part = 0; part < parts; part++) {
                    copy(part);
                }
            } else {
                workers.run(parts, copying);
            }
        }

        private void copy(int part) {
            if (part < partsX) {
                copyIn(operands[0], toX, part);
            } else {
                copyIn(operands[1], toY, part - partsX);
            }
        }

        @Override
        void multiply(Block block, int matrix, long a, long c) {
            block.product.run(a, address(toY, right, matrix, right.column(block.column)), c);
        }
    }

    /// A product that takes no longer than what is around it, in memory that stays where it is.
    private final class AtOnce implements InRow {
        private final Extents all = blocks.extents();
        private final MemorySegment x = numbers.allocate(all.rows() * all.depth());
        private final MemorySegment y = numbers.allocate(all.depth() * all.columns());
        private final MemorySegment z = numbers.allocate(all.size());
        private final Runnable product = prepared.getFirst().product.on(x, y, z);

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            Elements from = inputs[left.input()];
            Elements other = inputs[right.input()];
            numbers.in(from.array(), x, 0, from.count());
            numbers.in(other.array(), y, 0, other.count());
            product.run();
            numbers.out(z, 0, outputs[0].array(), 0, outputs[0].count());
        }
    }

    /// Runs in a row: constant operands are copied once, and a right one is packed once if all products share it.
    private final class Held extends Run {
        private final Copied x;
        private final Copied y;
        private final Optional<PackedFactor> packed;

        Held(Set<Integer> constant) {
            this.x = new Copied(left, constant);
            this.y = new Copied(right, constant);
            this.packed = y.isConstant && right.isSingle()
                    ? PackedFactor.of(gemm, blocks, MatrixProduct.this::form)
                    : Optional.empty();
        }

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            x.update(inputs, turn);
            y.update(inputs, turn);
            if (turn == Turn.FIRST && packed.isPresent()) {
                packed.get().pack(matrix(y.memory, right));
            }
            multiply(x.memory, outputs[0]);
        }

        @Override
        void multiply(Block block, int matrix, long a, long c) {
            if (packed.isPresent()) {
                packed.get().multiply(block.number, a, c);
            } else {
                block.product.run(a, address(y.memory, right, matrix, right.column(block.column)), c);
            }
        }
    }

    /// An operand in memory of its own.
    private final class Copied {
        private final MatrixOperand operand;
        private final boolean isConstant;
        private final IntConsumer copying = this::copy;
        private final Elements[] from = new Elements[1];
        private MemorySegment memory = MemorySegment.NULL;

        Copied(MatrixOperand operand, Set<Integer> constant) {
            this.operand = operand;
            this.isConstant = constant.contains(operand.input());
        }

        void update(Elements[] inputs, Turn turn) {
            if (turn != Turn.FIRST && isConstant) {
                return;
            }
            from[0] = inputs[operand.input()];
            int count = from[0].count();
            if (memory.byteSize() == 0) {
                memory = numbers.allocate(count);
            }
            workers.run(Math.ceilDiv(count, COPY), copying);
            Arrays.fill(from, null);
        }

        private void copy(int part) {
            copyIn(from[0], memory, part);
        }
    }

    private void copyIn(Elements from, MemorySegment to, int part) {
        int at = part * COPY;
        numbers.in(from.array(), to, at, Math.min(COPY, from.count() - at));
    }

    private void copyOut(MemorySegment z, Extents block, Object out, long place) {
        long stride = blocks.extents().columns();
        if (block.columns() == stride) {
            numbers.out(z, 0, out, (int) place, (int) block.size());
            return;
        }
        for (long row = 0; row < block.rows(); row++) {
            numbers.out(z, row * block.columns(), out, (int) (place + row * stride), (int) block.columns());
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

package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.op.Movement;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Products of matrices, any number of them, whose operands may be permuted views: each matrix is stored by rows or by
/// columns, wherever the other axes put it.
final class MatrixProduct implements Kernel {
    /// Elements that one thread copies at a time.
    private static final int COPY = 1 << 16;

    /// An operand as it is stored.
    ///
    /// @param input which input of the cluster it is
    /// @param transposed whether its matrices are stored by columns
    /// @param stride the distance of two rows, or columns, as they are stored
    /// @param batch by how much the place in the array moves along each batch axis of the result
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operand(int input, boolean transposed, long stride, long[] batch) {
        /// Whether all products take the same matrix.
        boolean isSingle() {
            return Arrays.stream(batch).allMatch(move -> move == 0);
        }

        /// Whether its matrices are parts of one that is stored by rows, in order.
        boolean isOneBelowTheOther(long rows, Shape outer) {
            long move = rows * stride;
            boolean inOrder = !transposed;
            for (int axis = batch.length - 1; axis >= 0; axis--) {
                inOrder &= outer.dim(axis) == 1 || batch[axis] == move;
                move *= outer.dim(axis);
            }
            return inOrder;
        }

        Operand alone() {
            return new Operand(input, transposed, stride, new long[0]);
        }
    }

    private final Gemm gemm;
    private final Numbers numbers;
    private final Workers workers;
    private final Operand left;
    private final Operand right;
    private final Blocks blocks;
    private final long[] batch;

    /// The product of each block.
    private final Product[] products;

    private MatrixProduct(Gemm gemm, Workers workers, List<Operand> operands, Extents extents, Shape batch) {
        this.gemm = gemm;
        this.numbers = gemm.numbers();
        this.workers = workers;
        this.left = operands.get(0);
        this.right = operands.get(1);
        this.blocks = Blocks.of(extents, batch);
        this.batch = batch.dims();
        this.products = new Product[Math.toIntExact(blocks.count())];
        Arrays.setAll(products, block -> gemm.product(form(blocks.at(block))));
    }

    /// A kernel, or nothing where an operand's matrices are stored neither by rows nor by columns, or where the library has no
    /// code of its own for such a product.
    static Optional<Kernel> of(Cluster cluster, Gemm gemm, Workers workers) {
        Value product = cluster.graph().outputs().getFirst();
        boolean views = cluster.graph().calls().stream()
                .filter(call -> call != product)
                .allMatch(call -> call.op() instanceof Permute && call.input(0).isInput());
        Shape outer = product.shape().leading(2);
        Optional<Operand> left = operand(cluster, product.input(0), outer);
        Optional<Operand> right = operand(cluster, product.input(1), outer);
        if (!views || left.isEmpty() || right.isEmpty()) {
            return Optional.empty();
        }
        Extents extents =
                new Extents(product.dim(-2), product.dim(-1), product.input(0).dim(-1));
        List<Operand> operands = List.of(left.get(), right.get());
        boolean one = right.get().isSingle() && left.get().isOneBelowTheOther(extents.rows(), outer);
        try {
            MatrixProduct kernel = one
                    ? new MatrixProduct(
                            gemm,
                            workers,
                            operands.stream().map(Operand::alone).toList(),
                            new Extents(extents.rows() * outer.count(), extents.columns(), extents.depth()),
                            Shape.of())
                    : new MatrixProduct(gemm, workers, operands, extents, outer);
            boolean isFast = Arrays.stream(kernel.products).allMatch(Product::isFast);
            return isFast ? Optional.of(kernel) : Optional.empty();
        } catch (IllegalStateException refused) {
            return Optional.empty();
        }
    }

    private Product.Form form(Extents size) {
        MemorySegment none = MemorySegment.NULL;
        return gemm.form(size, matrix(none, left, 0), matrix(none, right, 0), result(none, size));
    }

    private static Optional<Operand> operand(Cluster cluster, Value operand, Shape outer) {
        Value read = operand.op() instanceof Movement ? operand.input(0) : operand;
        long[] strides = operand.op() instanceof Movement view
                ? view.regions(List.of(read.type())).getFirst().fromStrides()
                : operand.shape().strides();
        int matrixAxes = strides.length - 2;
        long rowStride = strides[matrixAxes];
        long columnStride = strides[matrixAxes + 1];
        boolean byRows = columnStride == 1 && rowStride >= operand.dim(-1);
        boolean byColumns = rowStride == 1 && columnStride >= operand.dim(-2);
        if (!byRows && !byColumns) {
            return Optional.empty();
        }
        long[] batch = new long[outer.rank()];
        int lead = outer.rank() - matrixAxes;
        for (int axis = 0; axis < matrixAxes; axis++) {
            batch[lead + axis] = operand.dim(axis) == 1 ? 0 : strides[axis];
        }
        int input = cluster.graph().inputs().indexOf(read);
        return Optional.of(new Operand(input, !byRows, byRows ? rowStride : columnStride, batch));
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Elements x = inputs[left.input];
        Elements y = inputs[right.input];
        if (isSmall(x, y)) {
            multiplyAtOnce(x, y, outputs[0]);
            return;
        }
        MemorySegment toX = numbers.borrow(x.count());
        MemorySegment toY = numbers.borrow(y.count());
        copyIn(x, toX, y, toY);
        multiply(toX, plain(toY), outputs[0]);
        Scratch.SHARED.giveBack(toX);
        Scratch.SHARED.giveBack(toY);
    }

    /// Whether the product is one block, and its operands are copied in one part each.
    private boolean isSmall(Elements x, Elements y) {
        return blocks.count() == 1 && batch.length == 0 && Math.max(x.count(), y.count()) <= COPY;
    }

    /// A product that takes no longer than what is around it: in one piece of native memory.
    private void multiplyAtOnce(Elements x, Elements y, Elements out) {
        int size = (int) blocks.extents().size();
        long atY = Scratch.lines(x.count());
        long atZ = atY + Scratch.lines(y.count());
        MemorySegment toX = numbers.borrow(atZ + size);
        MemorySegment toY = toX.asSlice(numbers.bytes(atY));
        MemorySegment z = toX.asSlice(numbers.bytes(atZ));
        numbers.in(x.array(), toX, 0, x.count());
        numbers.in(y.array(), toY, 0, y.count());
        products[0].run(toX, toY, z);
        numbers.out(z, 0, out.array(), 0, size);
        Scratch.SHARED.giveBack(toX);
    }

    @Override
    public InRow inRow(Set<Integer> constant) {
        return constant.contains(left.input) || constant.contains(right.input)
                ? new Held(constant)
                : Kernel.super.inRow(constant);
    }

    /// Runs in a row: constant operands are copied once, and a right one is packed once if all products share it.
    private final class Held implements InRow {
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
            if (turn == Turn.FIRST) {
                packed.ifPresent(factor -> factor.pack(matrix(y.memory, right, 0)));
            }
            multiply(x.memory, packed.map(this::factor).orElseGet(() -> plain(y.memory)), outputs[0]);
        }

        private Factor factor(PackedFactor factor) {
            return (_, block, a, c) -> factor.multiply(block, a, c);
        }
    }

    /// An operand in memory of its own.
    private final class Copied {
        private final Operand operand;
        private final boolean isConstant;
        private MemorySegment memory = MemorySegment.NULL;

        Copied(Operand operand, Set<Integer> constant) {
            this.operand = operand;
            this.isConstant = constant.contains(operand.input);
        }

        void update(Elements[] inputs, Turn turn) {
            Elements from = inputs[operand.input];
            if (memory.byteSize() == 0) {
                memory = numbers.allocate(from.count());
            }
            if (turn == Turn.FIRST || !isConstant) {
                workers.run(Math.ceilDiv(from.count(), COPY), part -> copyIn(from, memory, part));
            }
        }
    }

    /// What multiplies a block of rows from the right.
    @FunctionalInterface
    private interface Factor {
        void multiply(long matrix, long block, Matrix a, Matrix c);
    }

    private Factor plain(MemorySegment y) {
        return (matrix, block, a, c) -> {
            Matrix b = matrix(y, right, matrix).from(0, blocks.column(block));
            products[(int) block].run(gemm.data(a), gemm.data(b), gemm.data(c));
        };
    }

    private void multiply(MemorySegment x, Factor factor, Elements out) {
        long perMatrix = blocks.count();
        long all = Shape.of(batch).count() * perMatrix;
        long grain = blocks.grain(all);
        workers.run(Math.toIntExact(Math.ceilDiv(all, grain)), part -> {
            // a block at a time, so that it is still in the cache when it is copied
            MemorySegment z = numbers.borrow(blocks.rows() * blocks.columns());
            for (long unit = part * grain; unit < Math.min(all, (part + 1) * grain); unit++) {
                long matrix = unit / perMatrix;
                long block = unit % perMatrix;
                Extents size = blocks.at(block);
                Matrix a = matrix(x, left, matrix).from(blocks.row(block), 0);
                factor.multiply(matrix, block, a, result(z, size));
                copyOut(z, size, out, matrix * blocks.extents().size() + blocks.place(block));
            }
            Scratch.SHARED.giveBack(z);
        });
    }

    /// Both operands to native memory, in parts of equal size. Little is copied sooner than another thread has begun.
    private void copyIn(Elements x, MemorySegment toX, Elements y, MemorySegment toY) {
        if (x.count() + y.count() <= COPY) {
            copyIn(x, toX, 0);
            copyIn(y, toY, 0);
            return;
        }
        int partsX = Math.ceilDiv(x.count(), COPY);
        int partsY = Math.ceilDiv(y.count(), COPY);
        workers.run(partsX + partsY, part -> {
            if (part < partsX) {
                copyIn(x, toX, part);
            } else {
                copyIn(y, toY, part - partsX);
            }
        });
    }

    private void copyIn(Elements from, MemorySegment to, int part) {
        int at = part * COPY;
        numbers.in(from.array(), to, at, Math.min(COPY, from.count() - at));
    }

    private void copyOut(MemorySegment z, Extents block, Elements out, long place) {
        long stride = blocks.extents().columns();
        if (block.columns() == stride) {
            numbers.out(z, 0, out.array(), (int) place, (int) block.size());
            return;
        }
        for (long row = 0; row < block.rows(); row++) {
            numbers.out(z, row * block.columns(), out.array(), (int) (place + row * stride), (int) block.columns());
        }
    }

    private static Matrix result(MemorySegment memory, Extents block) {
        return new Matrix(memory, 0, block.columns(), false);
    }

    private Matrix matrix(MemorySegment memory, Operand operand, long index) {
        long rest = index;
        long offset = 0;
        for (int axis = batch.length - 1; axis >= 0; axis--) {
            offset += rest % batch[axis] * operand.batch[axis];
            rest /= batch[axis];
        }
        return new Matrix(memory, offset, operand.stride, operand.transposed);
    }
}

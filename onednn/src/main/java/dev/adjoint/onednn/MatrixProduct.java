package dev.adjoint.onednn;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Value;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Gemm.Matrix;
import dev.adjoint.op.Movement;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Products of matrices, any number of them, whose operands may be permuted views: each matrix is stored by rows or by
/// columns, wherever the other axes put it.
final class MatrixProduct implements Kernel {
    /// Operations below which a part is not worth handing out: about 15 µs.
    private static final double PART = 1 << 22;

    /// Elements that one thread copies at a time.
    private static final int COPY = 1 << 16;

    /// Below this many rows or columns the library's product is no longer fast.
    private static final long NARROW = 64;

    /// An operand as it is stored.
    ///
    /// @param input which input of the cluster it is
    /// @param transposed whether its matrices are stored by columns
    /// @param stride the distance of two rows, or columns, as they are stored
    /// @param batch by how much the place in the array moves along each batch axis of the result
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Operand(int input, boolean transposed, long stride, long[] batch) {}

    private static final Elements NOTHING = Elements.allocate(DType.F32, 0);

    private final Gemm gemm;
    private final Workers workers;
    private final Operand left;
    private final Operand right;
    private final Extents extents;
    private final long[] batch;
    private final long rowsPerUnit;
    private final long columnsPerUnit;

    private MatrixProduct(Gemm gemm, Workers workers, Operand left, Operand right, Extents extents, long[] batch) {
        this.gemm = gemm;
        this.workers = workers;
        this.left = left;
        this.right = right;
        this.extents = extents;
        this.batch = batch;
        long rows = extents.rows();
        long columns = extents.columns();
        long matrices = Shape.of(batch).count();
        while (isWorthHalving(rows, columns, matrices)) {
            if (rows >= columns) {
                rows = Math.ceilDiv(rows, 2);
            } else {
                columns = Math.ceilDiv(columns, 2);
            }
        }
        this.rowsPerUnit = rows;
        this.columnsPerUnit = columns;
    }

    private boolean isWorthHalving(long rows, long columns, long matrices) {
        double work = 2.0 * rows * columns * extents.depth();
        boolean few = matrices * extents.rows() * extents.columns() < 8 * rows * columns;
        return few && work >= 2 * PART && Math.max(rows, columns) >= 2 * NARROW;
    }

    /// A kernel, or nothing where an operand's matrices are stored neither by rows nor by columns.
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
        return Optional.of(new MatrixProduct(gemm, workers, left.get(), right.get(), extents, outer.dims()));
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
        MemorySegment toX = Scratch.SHARED.borrow(x.count());
        MemorySegment toY = Scratch.SHARED.borrow(y.count());
        copyIn(x, toX, y, toY);
        multiply(toX, toY, outputs[0]);
        Scratch.SHARED.giveBack(toX);
        Scratch.SHARED.giveBack(toY);
    }

    @Override
    public InRow inRow(Set<Integer> constant) {
        return constant.contains(left.input) || constant.contains(right.input)
                ? new Held(constant)
                : Kernel.super.inRow(constant);
    }

    /// Runs in a row: constant operands are copied once.
    private final class Held implements InRow {
        private final Copied x;
        private final Copied y;

        Held(Set<Integer> constant) {
            this.x = new Copied(left, constant);
            this.y = new Copied(right, constant);
        }

        @Override
        public void run(Elements[] inputs, Elements[] outputs, Turn turn) {
            x.update(inputs, turn);
            y.update(inputs, turn);
            multiply(x.memory, y.memory, outputs[0]);
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
                memory = Scratch.allocate(from.count());
            }
            if (turn == Turn.FIRST || !isConstant) {
                copyIn(from, memory, NOTHING, MemorySegment.NULL);
            }
        }
    }

    private void multiply(MemorySegment x, MemorySegment y, Elements result) {
        float[] out = result.floats();
        MemorySegment z = Scratch.SHARED.borrow(result.count());
        long rowUnits = Math.ceilDiv(extents.rows(), rowsPerUnit);
        long columnUnits = Math.ceilDiv(extents.columns(), columnsPerUnit);
        long units = Shape.of(batch).count() * rowUnits * columnUnits;
        double work = 2.0 * rowsPerUnit * columnsPerUnit * extents.depth();
        long grain = Math.clamp((long) Math.ceil(PART / work), 1L, units);
        workers.run(Math.toIntExact(Math.ceilDiv(units, grain)), part -> {
            for (long unit = part * grain; unit < Math.min(units, (part + 1) * grain); unit++) {
                long matrix = unit / (rowUnits * columnUnits);
                long row = unit / columnUnits % rowUnits * rowsPerUnit;
                long column = unit % columnUnits * columnsPerUnit;
                Matrix c = new Matrix(z, matrix * extents.rows() * extents.columns(), extents.columns(), false)
                        .from(row, column);
                Extents block = new Extents(
                        Math.min(rowsPerUnit, extents.rows() - row),
                        Math.min(columnsPerUnit, extents.columns() - column),
                        extents.depth());
                Matrix a = matrix(x, left, matrix).from(row, 0);
                gemm.multiply(block, a, matrix(y, right, matrix).from(0, column), c);
                copyOut(c, block, out);
            }
        });
        Scratch.SHARED.giveBack(z);
    }

    /// Both operands to native memory, in parts of equal size.
    private void copyIn(Elements x, MemorySegment toX, Elements y, MemorySegment toY) {
        int partsX = Math.ceilDiv(x.count(), COPY);
        int partsY = Math.ceilDiv(y.count(), COPY);
        workers.run(partsX + partsY, part -> {
            boolean isX = part < partsX;
            Elements from = isX ? x : y;
            int at = (isX ? part : part - partsX) * COPY;
            Scratch.copy(from.floats(), at, isX ? toX : toY, at, Math.min(COPY, from.count() - at));
        });
    }

    private void copyOut(Matrix c, Extents block, float[] out) {
        if (block.columns() == extents.columns()) {
            Scratch.copy(c.memory(), c.offset(), out, (int) c.offset(), (int) (block.rows() * block.columns()));
            return;
        }
        for (long row = 0; row < block.rows(); row++) {
            long at = c.offset() + row * c.stride();
            Scratch.copy(c.memory(), at, out, (int) at, (int) block.columns());
        }
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

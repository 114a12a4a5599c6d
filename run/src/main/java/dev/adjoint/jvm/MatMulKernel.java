package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;

/// The matrix product in blocks: the right factor is packed into rows of up to [Product#COLUMNS] columns, and all rows
/// of the left one pass over it.
///
/// Where the result is narrow, the transposed product is computed, because the long side should lie along the vectors.
/// A float32 sum of k products in order is within (k + 1)·2⁻²⁴·Σ|xᵢₖ·yₖⱼ| of the exact one.
final class MatMulKernel implements Kernel {
    /// The fewest rows of the result in one unit: enough to pay for packing the columns.
    private static final int ROWS = 64;

    /// Rows whose sums are in work: with 512 columns they leave half of the first-level cache.
    private static final int STRIP = 8;

    /// Below this many columns the vectors of a product stay half empty.
    private static final int NARROW = 32;

    private final DType dtype;
    private final Workers workers;
    private final int n;
    private final int k;
    private final int m;
    private final long[] batch;
    private final long[][] batchStrides;
    private final boolean transposed;

    MatMulKernel(TensorType x, TensorType y, Shape out, Workers workers) {
        this.dtype = x.dtype();
        this.workers = workers;
        this.n = (int) x.dim(-2);
        this.k = (int) x.dim(-1);
        this.m = (int) y.dim(-1);
        Shape outer = out.leading(2);
        this.batch = outer.dims();
        this.batchStrides = new long[][] {
            x.shape().leading(2).stridesIn(outer), y.shape().leading(2).stridesIn(outer)
        };
        this.transposed = m < NARROW && n > m;
    }

    private int rows() {
        return transposed ? m : n;
    }

    private int columns() {
        return transposed ? n : m;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int columnBlocks = Math.ceilDiv(columns(), Product.COLUMNS);
        int matrices = (int) Shape.of(batch).count();
        int rowsPerUnit = rowsPerUnit(matrices * columnBlocks);
        int rowBlocks = Math.ceilDiv(rows(), rowsPerUnit);
        long units = (long) matrices * rowBlocks * columnBlocks;
        if (units == 0) {
            return;
        }
        long work = 2L * Math.min(rows(), rowsPerUnit) * Math.min(columns(), Product.COLUMNS) * Math.max(k, 1);
        int grain = (int) Math.clamp(Product.PART / work, 1, units);
        workers.run((int) Math.ceilDiv(units, grain), part -> {
            Product product = Product.of(
                    dtype, Math.min(k, Product.DEPTH), Math.min(rows(), STRIP), Math.min(columns(), Product.COLUMNS));
            int end = (int) Math.min(units, (long) (part + 1) * grain);
            for (int unit = part * grain; unit < end; unit++) {
                int block = unit / columnBlocks;
                int row = block % rowBlocks * rowsPerUnit;
                Unit at = new Unit(
                        block / rowBlocks,
                        row,
                        Math.min(rows(), row + rowsPerUnit),
                        unit % columnBlocks * Product.COLUMNS);
                unit(product, at, inputs, outputs[0].array());
            }
        });
    }

    /// Every unit packs the columns for itself, so there are no more of them than the threads need. No sum depends on
    /// where the rows are divided.
    private int rowsPerUnit(int others) {
        int blocks = Math.clamp(
                Math.ceilDiv(workers.threads(), Math.max(others, 1)), 1, Math.ceilDiv(Math.max(rows(), 1), ROWS));
        return Math.ceilDiv(Math.ceilDiv(Math.max(rows(), 1), blocks), STRIP) * STRIP;
    }

    /// A block of the result: the matrix of the batch, the rows from `row` to before `end`, and the first column.
    private record Unit(int matrix, int row, int end, int column) {}

    private void unit(Product product, Unit at, Elements[] inputs, Object out) {
        int depth = 0;
        do {
            pack(product, at, depth, inputs);
            for (int row = at.row; row < at.end; row += STRIP) {
                strip(product, new Unit(at.matrix, row, Math.min(at.end, row + STRIP), at.column), depth, inputs, out);
            }
            depth += Product.DEPTH;
        } while (depth < k);
    }

    /// Adds the products from a depth on to what the result holds of the depths before.
    private void strip(Product product, Unit at, int depth, Elements[] inputs, Object out) {
        int columns = Math.min(Product.COLUMNS, columns() - at.column);
        int count = at.end - at.row;
        Lines lines = Lines.of(dtype);
        int first = at.matrix * n * m + (transposed ? at.column * m + at.row : at.row * m + at.column);
        int toRow = transposed ? 1 : m;
        int step = transposed ? m : 1;
        if (depth == 0) {
            product.clear();
        } else {
            for (int row = 0; row < count; row++) {
                lines.copy(out, first + row * toRow, step, product.sums()[row], 0, 1, columns);
            }
        }
        product.accumulate(left(at, depth, inputs), Math.min(Product.DEPTH, k - depth), columns);
        for (int row = 0; row < count; row++) {
            lines.copy(product.sums()[row], 0, 1, out, first + row * toRow, step, columns);
        }
    }

    private Factor left(Unit at, int depth, Elements[] inputs) {
        int rows = at.end - at.row;
        int x = matrix(0, at.matrix) * n * k + at.row * k + depth;
        int y = matrix(1, at.matrix) * k * m + at.row + depth * m;
        return transposed ? new Factor(inputs[1].array(), y, rows, 1, m) : new Factor(inputs[0].array(), x, rows, k, 1);
    }

    private void pack(Product product, Unit at, int depth, Elements[] inputs) {
        Lines lines = Lines.of(dtype);
        int slice = Math.min(Product.DEPTH, k - depth);
        int columns = Math.min(Product.COLUMNS, columns() - at.column);
        int start = transposed
                ? matrix(0, at.matrix) * n * k + at.column * k + depth
                : matrix(1, at.matrix) * k * m + depth * m + at.column;
        Object from = inputs[transposed ? 0 : 1].array();
        for (int i = 0; i < slice; i++) {
            lines.copy(from, start + i * (transposed ? 1 : m), transposed ? k : 1, product.panel()[i], 0, 1, columns);
        }
    }

    /// Which matrix of an operand belongs to a matrix of the result.
    private int matrix(int operand, int index) {
        long rest = index;
        long matrix = 0;
        for (int axis = batch.length - 1; axis >= 0; axis--) {
            matrix += rest % batch[axis] * batchStrides[operand][axis];
            rest /= batch[axis];
        }
        return (int) matrix;
    }
}

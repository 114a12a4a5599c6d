package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
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

    /// Rows whose sums are in work: with 512 columns they fill a third of the first-level cache.
    private static final int STRIP = 8;

    /// Up to so many rows are one strip.
    private static final int FEW = 32;

    /// Rows of the panel where one strip is all: what is packed is used at once, and stays in the first-level cache.
    private static final int SHALLOW = 32;

    /// Columns that are transposed at once: even if they fall on the same lines of the first-level cache, it holds them.
    private static final int TILE = 8;

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

    /// Panels and sums that no part uses now.
    private final Pool<Product> products;

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
        this.products =
                new Pool<>(() -> Product.of(dtype, panelRows(), stripRows(), Math.min(columns(), Product.COLUMNS)));
    }

    private int rows() {
        return transposed ? m : n;
    }

    private int columns() {
        return transposed ? n : m;
    }

    private boolean isOneStrip() {
        return rows() <= FEW;
    }

    private int stripRows() {
        return isOneStrip() ? Math.max(rows(), 1) : STRIP;
    }

    private int panelRows() {
        return Math.min(k, isOneStrip() ? SHALLOW : Product.DEPTH);
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
        if (SmallProduct.isUnpacked(n, m, k)) {
            workers.run(Math.ceilDiv(matrices, grain), part -> {
                for (int at = part * grain; at < Math.min(matrices, (part + 1) * grain); at++) {
                    small(at, inputs, outputs[0].array());
                }
            });
            return;
        }
        workers.run((int) Math.ceilDiv(units, grain), part -> {
            Product product = products.borrow();
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
            products.giveBack(product);
        });
    }

    private void small(int matrix, Elements[] inputs, Object out) {
        Factor x = new Factor(inputs[0].array(), matrix(0, matrix) * n * k, n, k, 1);
        Factor y = new Factor(inputs[1].array(), matrix(1, matrix) * k * m, k, m, 1);
        Factor to = new Factor(out, matrix * n * m, n, m, 1);
        if (dtype == DType.F32) {
            SmallProduct.floats(x, y, to);
        } else {
            SmallProduct.doubles(x, y, to);
        }
    }

    /// Every unit packs the columns for itself, so there are no more of them than the threads need. No sum depends on
    /// where the rows are divided.
    private int rowsPerUnit(int others) {
        int blocks = Math.clamp(
                Math.ceilDiv(workers.threads(), Math.max(others, 1)), 1, Math.ceilDiv(Math.max(rows(), 1), ROWS));
        return Math.ceilDiv(Math.ceilDiv(Math.max(rows(), 1), blocks), stripRows()) * stripRows();
    }

    /// A block of the result: the matrix of the batch, the rows from `row` to before `end`, and the first column.
    private record Unit(int matrix, int row, int end, int column) {}

    private void unit(Product product, Unit at, Elements[] inputs, Object out) {
        int depth = 0;
        do {
            pack(product, at, depth, inputs);
            product.filled(Math.min(panelRows(), k - depth), width(at));
            for (int row = at.row; row < at.end; row += stripRows()) {
                strip(
                        product,
                        new Unit(at.matrix, row, Math.min(at.end, row + stripRows()), at.column),
                        depth,
                        inputs,
                        out);
            }
            depth += panelRows();
        } while (depth < k);
    }

    /// Adds the products from a depth on to those of the depths before, which the result holds, or the sums if there is
    /// one strip alone.
    private void strip(Product product, Unit at, int depth, Elements[] inputs, Object out) {
        if (depth == 0) {
            product.clear();
        } else if (!isOneStrip()) {
            load(product, at, out);
        }
        product.accumulate(left(at, depth, inputs), Math.min(panelRows(), k - depth), width(at));
        if (!isOneStrip() || depth + panelRows() >= k) {
            store(product, at, out);
        }
    }

    private int width(Unit at) {
        return Math.min(Product.COLUMNS, columns() - at.column);
    }

    private void load(Product product, Unit at, Object out) {
        for (int row = 0; row < at.end - at.row; row++) {
            Lines.of(dtype).copy(out, place(at, row), transposed ? m : 1, product.sums()[row], 0, 1, width(at));
        }
    }

    private void store(Product product, Unit at, Object out) {
        for (int row = 0; row < at.end - at.row; row++) {
            Lines.of(dtype).copy(product.sums()[row], 0, 1, out, place(at, row), transposed ? m : 1, width(at));
        }
    }

    /// Where a row of a unit begins in the result.
    private int place(Unit at, int row) {
        return at.matrix * n * m + (transposed ? at.column * m + at.row + row : (at.row + row) * m + at.column);
    }

    private Factor left(Unit at, int depth, Elements[] inputs) {
        int rows = at.end - at.row;
        int x = matrix(0, at.matrix) * n * k + at.row * k + depth;
        int y = matrix(1, at.matrix) * k * m + at.row + depth * m;
        return transposed ? new Factor(inputs[1].array(), y, rows, 1, m) : new Factor(inputs[0].array(), x, rows, k, 1);
    }

    private void pack(Product product, Unit at, int depth, Elements[] inputs) {
        Lines lines = Lines.of(dtype);
        int rows = Math.min(panelRows(), k - depth);
        int columns = width(at);
        if (!transposed) {
            int from = matrix(1, at.matrix) * k * m + depth * m + at.column;
            for (int i = 0; i < rows; i++) {
                lines.copy(inputs[1].array(), from + i * m, 1, product.panel()[i], 0, 1, columns);
            }
            return;
        }
        int from = matrix(0, at.matrix) * n * k + at.column * k + depth;
        for (int column = 0; column < columns; column += TILE) {
            int count = Math.min(TILE, columns - column);
            for (int i = 0; i < rows; i++) {
                lines.copy(inputs[0].array(), from + column * k + i, k, product.panel()[i], column, 1, count);
            }
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

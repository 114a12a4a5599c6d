package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;
import java.lang.reflect.Array;

/// [Blocks] in primitive arrays of one floating type, multiplied by a [Product].
final class ArrayBlocks implements Blocks<Object> {
    /// Rows of one product: more would need more scratch for no gain.
    private static final int ROWS = 128;

    private final Lines lines;
    private final DType dtype;
    private final Product product;

    ArrayBlocks(DType dtype, int longest) {
        this.dtype = dtype;
        this.lines = Lines.of(dtype);
        this.product = Product.of(
                dtype, Math.min(longest, Product.DEPTH), Math.min(longest, ROWS), Math.min(longest, Product.COLUMNS));
    }

    @Override
    public Object allocate(int elements) {
        return Array.newInstance(dtype == DType.F32 ? float.class : double.class, elements);
    }

    @Override
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public void copyIn(Object from, int at, Object to, int toAt, int count) {
        System.arraycopy(from, at, to, toAt, count);
    }

    @Override
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public void copyOut(Object from, int at, Object to, int toAt, int count) {
        System.arraycopy(from, at, to, toAt, count);
    }

    @Override
    public Runnable multiply(Extents extents, Object a, Object b, Object c) {
        return () -> {
            lines.fill(c, 0, extents.rows() * extents.columns(), 0);
            add(extents, a, b, c);
        };
    }

    @Override
    public Runnable accumulate(Extents extents, Object a, Object b, Object c) {
        return () -> add(extents, a, b, c);
    }

    private void add(Extents of, Object a, Object b, Object c) {
        for (int row = 0; row < of.rows(); row += ROWS) {
            for (int column = 0; column < of.columns(); column += Product.COLUMNS) {
                block(of, a, b, c, row, column);
            }
        }
    }

    private void block(Extents of, Object a, Object b, Object c, int row, int column) {
        int rows = Math.min(ROWS, of.rows() - row);
        int columns = Math.min(Product.COLUMNS, of.columns() - column);
        boolean byColumns = of.layout() == Layout.LEFT_TRANSPOSED;
        int rowStride = byColumns ? 1 : of.depth();
        int depthStride = byColumns ? of.rows() : 1;
        product.clear();
        for (int depth = 0; depth < of.depth(); depth += Product.DEPTH) {
            int slice = Math.min(Product.DEPTH, of.depth() - depth);
            pack(of, b, depth, column);
            int offset = row * rowStride + depth * depthStride;
            product.accumulate(new Factor(a, offset, rows, rowStride, depthStride), slice, columns);
        }
        for (int i = 0; i < rows; i++) {
            lines.add(product.sums()[i], 0, 1, c, (row + i) * of.columns() + column, 1, columns);
        }
    }

    private void pack(Extents of, Object b, int depth, int column) {
        int slice = Math.min(Product.DEPTH, of.depth() - depth);
        int columns = Math.min(Product.COLUMNS, of.columns() - column);
        boolean byColumns = of.layout() == Layout.RIGHT_TRANSPOSED;
        for (int i = 0; i < slice; i++) {
            int from = byColumns ? column * of.depth() + depth + i : (depth + i) * of.columns() + column;
            lines.copy(b, from, byColumns ? of.depth() : 1, product.panel()[i], 0, 1, columns);
        }
        product.filled(slice, columns);
    }
}

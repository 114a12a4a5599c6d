package dev.adjoint.op.linalg;

import java.util.Arrays;

/// A matrix of doubles in row-major order, which the algorithms of this package work on. It can be written.
public final class Matrix {
    private final int rows;
    private final int columns;
    private final double[] data;

    /// Zeros.
    public Matrix(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.data = new double[rows * columns];
    }

    static Matrix identity(int size) {
        Matrix identity = new Matrix(size, size);
        for (int i = 0; i < size; i++) {
            identity.set(i, i, 1);
        }
        return identity;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    public double get(int row, int column) {
        return data[row * columns + column];
    }

    public void set(int row, int column, double value) {
        data[row * columns + column] = value;
    }

    /// Writes all elements.
    public void fill(double value) {
        Arrays.fill(data, value);
    }

    /// Writes the elements of a matrix of the same size.
    void assign(Matrix other) {
        System.arraycopy(other.data, 0, data, 0, data.length);
    }

    Matrix copy() {
        Matrix copy = new Matrix(rows, columns);
        copy.assign(this);
        return copy;
    }

    Matrix transposed() {
        Matrix transposed = new Matrix(columns, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                transposed.set(j, i, get(i, j));
            }
        }
        return transposed;
    }

    /// (A + Aᵀ)/2, without overflow.
    Matrix symmetricPart() {
        Matrix symmetric = new Matrix(rows, rows);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < rows; j++) {
                symmetric.set(i, j, 0.5 * get(i, j) + 0.5 * get(j, i));
            }
        }
        return symmetric;
    }

    Matrix times(Matrix right) {
        Matrix product = new Matrix(rows, right.columns);
        for (int i = 0; i < rows; i++) {
            for (int k = 0; k < columns; k++) {
                product.addScaled(i, get(i, k), right, k);
            }
        }
        return product;
    }

    /// Adds a multiple of a matrix of the same size.
    Matrix plus(double factor, Matrix other) {
        Matrix sum = copy();
        for (int i = 0; i < data.length; i++) {
            sum.data[i] += factor * other.data[i];
        }
        return sum;
    }

    /// Adds a multiple of a row of a matrix to a row of this one.
    void addScaled(int row, double factor, Matrix from, int fromRow) {
        int to = row * columns;
        int start = fromRow * columns;
        for (int j = 0; j < columns; j++) {
            data[to + j] += factor * from.data[start + j];
        }
    }

    /// Every element times 2ᵏ, which is exact but for the smallest numbers.
    Matrix scaled(int exponent) {
        Matrix scaled = copy();
        for (int i = 0; i < data.length; i++) {
            scaled.data[i] = Math.scalb(data[i], exponent);
        }
        return scaled;
    }

    /// The exponent of the largest element by size, 0 if all are 0.
    int exponent() {
        double largest = 0;
        for (double x : data) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest == 0 ? 0 : Math.getExponent(largest);
    }

    /// The scalar product of two rows.
    double dotRows(int first, int second) {
        // Two sums that do not wait for each other.
        double even = 0;
        double odd = 0;
        int x = first * columns;
        int y = second * columns;
        for (int j = 0; j + 1 < columns; j += 2) {
            even += data[x + j] * data[y + j];
            odd += data[x + j + 1] * data[y + j + 1];
        }
        double last = columns % 2 == 0 ? 0 : data[x + columns - 1] * data[y + columns - 1];
        return even + odd + last;
    }

    /// The rows p and q turned by an angle: p ← c·p − s·q, q ← s·p + c·q.
    void rotateRows(int p, int q, double c, double s) {
        for (int j = 0; j < columns; j++) {
            double x = data[p * columns + j];
            double y = data[q * columns + j];
            data[p * columns + j] = c * x - s * y;
            data[q * columns + j] = s * x + c * y;
        }
    }

    void swapRows(int first, int second) {
        for (int j = 0; j < columns; j++) {
            double x = get(first, j);
            set(first, j, get(second, j));
            set(second, j, x);
        }
    }

    void scaleRow(int row, double factor) {
        for (int j = 0; j < columns; j++) {
            data[row * columns + j] *= factor;
        }
    }

    /// −1 if the first element of a row that is not small is negative, else 1: the sign that makes a direction unique.
    ///
    /// "Not small" is at least 3/4 of the largest, so that rounding does not decide between elements of equal size.
    double signOfRow(int row) {
        double largest = 0;
        for (int j = 0; j < columns; j++) {
            largest = Math.max(largest, Math.abs(get(row, j)));
        }
        for (int j = 0; j < columns; j++) {
            if (Math.abs(get(row, j)) >= 0.75 * largest) {
                return get(row, j) < 0 ? -1 : 1;
            }
        }
        return 1;
    }

    /// Whether no element is NaN or infinite.
    public boolean isFinite() {
        for (double x : data) {
            if (!Double.isFinite(x)) {
                return false;
            }
        }
        return true;
    }
}

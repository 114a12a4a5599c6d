package dev.adjoint.tensor.einsum;

import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.stream.IntStream;

/// A tensor with a label for every axis.
record Labelled(Tensor tensor, String labels) {
    /// Without the axes of these labels, which have extent 1.
    Labelled squeezed(String gone) {
        Labelled rest = this;
        for (int i = 0; i < gone.length(); i++) {
            char label = gone.charAt(i);
            Tensor squeezed = rest.tensor.squeeze(rest.labels.indexOf(label));
            rest = new Labelled(squeezed, rest.labels.replace(String.valueOf(label), ""));
        }
        return rest;
    }

    /// The diagonal of the axes whose label repeats, so that none does.
    Labelled diagonal() {
        for (int i = 0; i < labels.length(); i++) {
            char label = labels.charAt(i);
            int j = labels.indexOf(label, i + 1);
            if (j > 0) {
                String rest = labels.substring(0, i) + labels.substring(i + 1, j) + labels.substring(j + 1);
                return new Labelled(tensor.diagonal(0, i, j), rest + label).diagonal();
            }
        }
        return this;
    }

    /// Summed over the labels that nobody needs.
    Labelled summed(String needed) {
        int[] gone = IntStream.range(0, labels.length())
                .filter(axis -> !Labels.has(needed, labels.charAt(axis)))
                .toArray();
        return gone.length == 0 ? this : new Labelled(tensor.sum(Axes.of(gone)), Labels.both(labels, needed));
    }

    /// The axes in another order.
    Labelled inOrder(String order) {
        return new Labelled(tensor.permute(order.chars().map(labels::indexOf).toArray()), order);
    }

    private Shape extents(String some) {
        return Shape.of(some.chars()
                .mapToLong(label -> tensor.dim(labels.indexOf(label)))
                .toArray());
    }

    /// The product with another factor, summed over the labels that both have and nobody needs: a matrix product, with the
    /// needed labels of both as its batch. Where the matrices would have an inner extent of 1, or a row and a column alone,
    /// it is the product element by element.
    Labelled times(Labelled y, String needed) {
        String common = Labels.both(labels, y.labels);
        String batch = Labels.both(common, needed);
        String inner = Labels.without(common, needed);
        String rows = Labels.without(labels, common);
        String columns = Labels.without(y.labels, common);
        Tensor product;
        if (inner.isEmpty()) {
            product = inOrder(batch + rows).widened(columns.length()).mul(y.outer(batch, rows, columns));
        } else if (rows.isEmpty() && columns.isEmpty()) {
            Tensor products = inOrder(batch + inner).tensor.mul(y.inOrder(batch + inner).tensor);
            int last = -inner.length();
            product = products.sum(IntStream.range(last, 0).toArray());
        } else {
            Tensor left = matrices(batch, rows, inner);
            product = left.matmul(y.matrices(batch, inner, columns));
            product = product.reshape(extents(batch + rows).append(y.extents(columns)));
        }
        return new Labelled(product, batch + rows + columns);
    }

    /// With axes of extent 1 behind.
    private Tensor widened(int more) {
        return tensor.reshape(tensor.shape().append(Shape.scalar().padded(more)));
    }

    /// The right factor of an outer product: extent 1 along the rows of the left one.
    private Tensor outer(String batch, String rows, String columns) {
        Tensor ordered = inOrder(batch + columns).tensor;
        Shape ones = Shape.scalar().padded(rows.length());
        return ordered.reshape(extents(batch).append(ones).append(extents(columns)));
    }

    private Tensor matrices(String batch, String rows, String columns) {
        long height = extents(rows).count();
        long width = extents(columns).count();
        return inOrder(batch + rows + columns).tensor.reshape(extents(batch).append(height, width));
    }
}

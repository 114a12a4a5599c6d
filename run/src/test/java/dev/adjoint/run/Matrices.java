package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;

/// Matrices for tests of linear algebra, and how far they are apart.
final class Matrices {
    private Matrices() {}

    /// Numbers between −1 and 1.
    static Array uniform(long seed, long... dims) {
        TensorType type = TensorType.of(DType.F64, dims);
        Elements elements = Elements.allocate(type.dtype(), type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, 2 * Key.of(seed).uniform(i) - 1);
        }
        return Array.of(type, elements);
    }

    /// Symmetric with eigenvalues of at least 1.
    static Array positive(long seed, long... dims) {
        Array x = uniform(seed, dims);
        return Array.of(x.matmul(x.mT()).add(identity(dims[dims.length - 1])));
    }

    static Array identity(long size) {
        return Array.of(Array.zeros(DType.F64, size).add(1).diagonalMatrix());
    }

    /// Orthogonal.
    static Array orthogonal(long seed, long size) {
        return Array.of(uniform(seed, size, size).qr().q());
    }

    static void assertClose(Tensor found, Tensor expected, double tolerance) {
        assertThat(found.type()).isEqualTo(expected.type());
        double[] x = Array.of(found).toDoubles();
        double[] y = Array.of(expected).toDoubles();
        for (int i = 0; i < x.length; i++) {
            assertThat(Math.abs(x[i] - y[i]) <= tolerance)
                    .as("element %s is %s, expected %s in %s and %s", i, x[i], y[i], found, expected)
                    .isTrue();
        }
    }
}

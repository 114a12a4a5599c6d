package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.run.Array;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every way to a product has the bits of its definition: `fma` over the depth in rising order, beginning at 0.
class ProductTest {
    private static final long SEED = 20250915;

    /// Values at which a step that is added for nothing would show.
    private static final double[] SPECIAL = {
        0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e-30, -1e-30
    };

    record Sizes(int rows, int depth, int columns) {}

    /// One more and one less than every block of rows, depth and columns, and nothing of each.
    static Stream<Sizes> sizes() {
        return Stream.of(
                new Sizes(1, 1, 1),
                new Sizes(0, 3, 40),
                new Sizes(4, 0, 40),
                new Sizes(4, 3, 0),
                new Sizes(2, 5, 15),
                new Sizes(3, 4, 16),
                new Sizes(4, 7, 17),
                new Sizes(5, 8, 63),
                new Sizes(6, 9, 64),
                new Sizes(7, 2, 65),
                new Sizes(8, 3, 81),
                new Sizes(9, 30, 159),
                new Sizes(13, 33, 161),
                new Sizes(33, 17, 40),
                new Sizes(35, 257, 3),
                new Sizes(31, 40, 33),
                new Sizes(70, 259, 129),
                new Sizes(131, 5, 513),
                new Sizes(600, 40, 7));
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everyProductHasTheBitsOfTheDefinition(Sizes sizes) {
        for (boolean byColumns : new boolean[] {false, true}) {
            Stream.of(Width.values())
                    .map(width -> width.product(DType.F32))
                    .forEach(product -> check(DType.F32, product, sizes, byColumns));
            Stream.of(Width.values())
                    .map(width -> width.product(DType.F64))
                    .forEach(product -> check(DType.F64, product, sizes, byColumns));
            check(DType.F32, new VectorProduct(0, 0, 0), sizes, byColumns);
        }
    }

    private static void check(DType dtype, Product family, Sizes at, boolean byColumns) {
        Elements x = random(dtype, at.rows * at.depth, 1);
        Elements y = random(dtype, at.depth * at.columns, 2);
        Product product = family.ofSize(at.depth, at.rows, at.columns);
        for (int k = 0; k < at.depth; k++) {
            System.arraycopy(y.array(), k * at.columns, product.panel()[k], 0, at.columns);
        }
        product.clear();
        product.filled(at.depth, at.columns);
        Factor left = byColumns
                ? new Factor(x.array(), 0, at.rows, 1, at.rows)
                : new Factor(x.array(), 0, at.rows, at.depth, 1);
        product.accumulate(left, at.depth, at.columns);
        Elements wanted = defined(dtype, left, y, at);
        Elements given = Elements.allocate(dtype, wanted.count());
        for (int row = 0; row < at.rows; row++) {
            System.arraycopy(product.sums()[row], 0, given.array(), row * at.columns, at.columns);
        }
        TensorType type = TensorType.of(dtype, at.rows, at.columns);
        assertThat(Array.of(type, given))
                .as("%s of %s, %s, by columns %s", family.getClass().getSimpleName(), dtype, at, byColumns)
                .isEqualTo(Array.of(type, wanted));
    }

    private static Elements defined(DType dtype, Factor left, Elements y, Sizes at) {
        Elements out = Elements.allocate(dtype, (long) at.rows * at.columns);
        for (int row = 0; row < at.rows; row++) {
            for (int column = 0; column < at.columns; column++) {
                out.set(row * at.columns + column, sum(left, row, y, column, at));
            }
        }
        return out;
    }

    private static double sum(Factor left, int row, Elements y, int column, Sizes at) {
        double exact = 0;
        float rounded = 0;
        for (int k = 0; k < at.depth; k++) {
            int i = row * left.rowStride() + k * left.depthStride();
            double factor = y.get(k * at.columns + column);
            if (left.array() instanceof float[] floats) {
                rounded = Math.fma(floats[i], (float) factor, rounded);
            } else {
                exact = Math.fma(((double[]) left.array())[i], factor, exact);
            }
        }
        return left.array() instanceof float[] ? rounded : exact;
    }

    private static Elements random(DType dtype, int count, long stream) {
        Random random = new Random(SEED + stream);
        Elements elements = Elements.allocate(dtype, count);
        for (int i = 0; i < count; i++) {
            boolean special = random.nextInt(60) == 0;
            elements.set(i, special ? SPECIAL[random.nextInt(SPECIAL.length)] : random.nextDouble(-1, 1));
        }
        return elements;
    }

    /// Small, packed, transposed, in strips: the kernel's choices do not show in the bits, nor does the number of threads.
    @ParameterizedTest
    @MethodSource("sizes")
    void theKernelHasTheBitsOfTheDefinition(Sizes at) {
        for (DType dtype : List.of(DType.F32, DType.F64)) {
            Elements x = random(dtype, at.rows * at.depth, 3);
            Elements y = random(dtype, at.depth * at.columns, 4);
            KernelsAgree kernels = new KernelsAgree(
                    new MatMul(),
                    List.of(
                            Array.of(TensorType.of(dtype, at.rows, at.depth), x),
                            Array.of(TensorType.of(dtype, at.depth, at.columns), y)));
            Factor left = new Factor(x.array(), 0, at.rows, at.depth, 1);
            Array wanted = Array.of(TensorType.of(dtype, at.rows, at.columns), defined(dtype, left, y, at));
            for (Workers workers : List.of(Workers.of(1), Workers.all())) {
                assertThat(kernels.fast(workers))
                        .as("%s %s on %d threads", dtype, at, workers.threads())
                        .isEqualTo(wanted);
            }
        }
    }

    /// `|Σ − Σ̂| ≤ k·2⁻²⁴/(1 − k·2⁻²⁴)·Σ|xᵢₖ·yₖⱼ|` (Higham, Accuracy and Stability of Numerical Algorithms, 3.5).
    @Test
    void float32SumsAreWithinTheirBound() {
        int n = 40;
        int depth = 700;
        Array x = KernelsAgree.uniform(TensorType.of(DType.F32, n, depth), -1, 1, 0);
        Array y = KernelsAgree.uniform(TensorType.of(DType.F32, depth, n), -1, 1, 1);
        Array out = new KernelsAgree(new MatMul(), List.of(x, y)).fast(Workers.all());
        double unit = depth * 0x1p-24;
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                int i = row;
                int j = column;
                double[] products = IntStream.range(0, depth)
                        .mapToDouble(k ->
                                x.elements().get(i * depth + k) * y.elements().get(k * n + j))
                        .toArray();
                double exact = 0;
                double size = 0;
                for (double product : products) {
                    exact += product;
                    size += Math.abs(product);
                }
                assertThat(Math.abs(out.elements().get(i * n + j) - exact))
                        .isLessThanOrEqualTo(unit / (1 - unit) * size);
            }
        }
    }

    @Test
    void neighbouringRowsLieEquallyInCacheLines() {
        for (int columns = 1; columns < 600; columns++) {
            assertThat(Product.rowLength(columns, Float.BYTES)).isBetween(columns, columns + 15);
            assertThat((Product.HEADER + Float.BYTES * Product.rowLength(columns, Float.BYTES)) % Product.VECTOR)
                    .isZero();
            assertThat(Product.rowLength(columns, Double.BYTES)).isBetween(columns, columns + 7);
        }
    }

    /// Copies, so that what the compiler learns about one does not bind the other.
    @Test
    void widthsHaveClassesOfTheirOwn() {
        assertThat(Stream.of(DType.F32, DType.F64)
                        .flatMap(dtype -> Stream.of(Width.values())
                                .map(width -> width.product(dtype).getClass()))
                        .distinct())
                .hasSize(6);
        assertThat(Width.of(64, Float.BYTES)).isEqualTo(Width.NARROW);
        assertThat(Width.of(65, Float.BYTES)).isEqualTo(Width.MEDIUM);
        assertThat(Width.of(80, Double.BYTES)).isEqualTo(Width.WIDE);
        assertThat(Width.of(160, Float.BYTES)).isEqualTo(Width.WIDE);
    }
}

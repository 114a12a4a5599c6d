package dev.adjoint.run;

import static dev.adjoint.run.Matrices.assertClose;
import static dev.adjoint.run.Matrices.identity;
import static dev.adjoint.run.Matrices.orthogonal;
import static dev.adjoint.run.Matrices.positive;
import static dev.adjoint.run.Matrices.uniform;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.op.linalg.TriangularSolve.Form;
import dev.adjoint.op.linalg.TriangularSolve.Triangle;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.LinearAlgebra.Eigen;
import dev.adjoint.tensor.LinearAlgebra.Orthogonal;
import dev.adjoint.tensor.LinearAlgebra.SignedLogarithm;
import dev.adjoint.tensor.LinearAlgebra.Singular;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values of linear algebra against their definitions, closed forms and published numbers.
class FactorizationsTest {
    private static Array hilbert(int size) {
        double[][] rows = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                rows[i][j] = 1.0 / (i + j + 1);
            }
        }
        return Array.of(rows);
    }

    private static double item(Tensor x) {
        return Array.of(x).item();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 5, 40})
    void choleskyMultipliesBack(long n) {
        Array a = positive(1, 3, n, n);
        Tensor l = a.cholesky();
        assertClose(l.matmul(l.mT()), a, 1e-12 * n);
        assertThat(l.triu(1)).isEqualTo(a.zerosLike());
        assertThat(Array.of(l.diagonal().gt(0).all()).item()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4,4", "5,3", "3,5", "40,30", "30,40", "3,0", "0,3"})
    void qrMultipliesBack(long m, long n) {
        Array a = uniform(2, 2, m, n);
        Orthogonal qr = a.qr();
        long k = Math.min(m, n);
        assertClose(qr.q().matmul(qr.r()), a, 1e-13 * (m + n));
        assertClose(
                qr.q().mT().matmul(qr.q()),
                identity(k).broadcastTo(a.shape().leading(2).append(k, k)),
                1e-13 * (m + n));
        assertThat(qr.r().tril(-1)).isEqualTo(qr.r().zerosLike());
        assertThat(item(qr.r().diagonal().ge(0).all())).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 5, 40})
    void eigenvectorsMultiplyBack(long n) {
        Array x = uniform(3, 2, n, n);
        Array a = Array.of(x.add(x.mT()));
        Eigen eigen = a.eigh();
        Tensor v = eigen.vectors();
        assertClose(v.mul(eigen.values().expand(-2)).matmul(v.mT()), a, 1e-13 * (n + 1));
        assertClose(v.mT().matmul(v), identity(n).broadcastTo(a.shape()), 1e-13 * (n + 1));
        assertThat(eigen.values().sort(-1)).isEqualTo(eigen.values());
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4,4", "5,3", "3,5", "40,30", "30,40", "3,0", "0,3"})
    void singularVectorsMultiplyBack(long m, long n) {
        Array a = uniform(4, 2, m, n);
        checkSingular(a, 1e-13 * (m + n));
    }

    @Test
    void singularVectorsOfLowRankAreOrthonormal() {
        Array low = Array.of(uniform(5, 6, 2).matmul(uniform(6, 2, 5)));
        checkSingular(low, 1e-13);
        checkSingular(Array.of(low.mT()), 1e-13);
        checkSingular(Array.zeros(DType.F64, 3, 2), 0);
        checkSingular(Array.of(new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}, {1, 1, 1}}), 1e-15);
    }

    private static void checkSingular(Array a, double tolerance) {
        Singular svd = a.svd();
        Tensor one = identity(Math.min(a.dim(-1), a.dim(-2)));
        Tensor ones = one.broadcastTo(a.shape().leading(2).append(one.shape()));
        assertClose(svd.u().mul(svd.values().expand(-2)).matmul(svd.vt()), a, tolerance);
        assertClose(svd.u().mT().matmul(svd.u()), ones, 1e-14 + tolerance);
        assertClose(svd.vt().matmul(svd.vt().mT()), ones, 1e-14 + tolerance);
        assertThat(item(svd.values().ge(0).all())).isEqualTo(1);
        assertThat(svd.values().neg().sort(-1).neg()).isEqualTo(svd.values());
    }

    @Test
    void hugeAndTinyMatricesHaveFactors() {
        for (double size : new double[] {1e-200, 1e200}) {
            Array a = Array.of(uniform(6, 4, 3).mul(size));
            Tensor s = a.svd().values().div(size);
            assertClose(s, uniform(6, 4, 3).svd().values(), 1e-14);
            assertClose(a.qr().r().div(size), uniform(6, 4, 3).qr().r(), 1e-14);
            Array b = Array.of(positive(6, 3, 3).mul(size));
            assertClose(b.eigh().values().div(size), positive(6, 3, 3).eigh().values(), 1e-14);
        }
    }

    /// Small matrices of small whole numbers, of zeros, and with elements of all sizes: ranks fall short and squares would
    /// overflow or vanish.
    @Test
    void awkwardMatricesHaveFactors() {
        Random random = new Random(1);
        for (int trial = 0; trial < 600; trial++) {
            int kind = trial % 3;
            double[][] rows = new double[1 + random.nextInt(8)][1 + random.nextInt(8)];
            for (double[] row : rows) {
                Arrays.setAll(row, _ -> switch (kind) {
                    case 0 -> random.nextInt(3) - 1;
                    case 1 -> random.nextInt(10) == 0 ? random.nextGaussian() : 0;
                    default -> Math.pow(10, random.nextInt(300) - 150);
                });
            }
            Array a = Array.of(rows);
            double size = Array.of(a.abs().max()).item();
            Array near = Array.of(size == 0 ? a : a.div(size));
            checkSingular(near, 1e-14);
            Orthogonal qr = a.qr();
            assertClose(qr.q().matmul(qr.r()), a, 1e-14 * size);
            assertClose(qr.q().mT().matmul(qr.q()), identity(Math.min(a.dim(0), a.dim(1))), 1e-14);
            Tensor s = near.matmul(near.mT());
            Eigen eigen = s.eigh();
            assertClose(
                    eigen.vectors()
                            .mul(eigen.values().expand(0))
                            .matmul(eigen.vectors().mT()),
                    s,
                    1e-13);
        }
    }

    /// Kahan's example of small singular values that a method on AᵀA loses.
    @Test
    void smallSingularValuesKeepTheirDigits() {
        Array a = Array.of(new double[][] {{1, 1}, {1e-10, 0}, {0, 1e-10}});
        double[] s = Array.of(a.svd().values()).toDoubles();
        assertThat(s[0]).isCloseTo(Math.sqrt(2), within(1e-15));
        assertThat(s[1]).isCloseTo(1e-10, within(1e-24));
    }

    /// 1/det H of OEIS A005249.
    @Test
    void determinantsOfHilbertMatrices() {
        double[] inverse = {1, 1, 12, 2160, 6048000, 266716800000.0, 186313420339200000.0};
        for (int n = 0; n < inverse.length; n++) {
            Array h = n == 0 ? Array.zeros(DType.F64, 0, 0) : hilbert(n);
            assertThat(item(h.det()) * inverse[n]).isCloseTo(1, within(1e-9));
            SignedLogarithm log = h.slogdet();
            assertThat(item(log.sign())).isEqualTo(1);
            assertThat(item(log.logarithm())).isCloseTo(-Math.log(inverse[n]), within(1e-9));
        }
    }

    @Test
    void determinantsKeepTheirSign() {
        Array exchange = Array.of(new double[][] {{0, 2}, {3, 0}});
        assertThat(item(exchange.det())).isEqualTo(-6);
        assertThat(item(exchange.slogdet().sign())).isEqualTo(-1);
        Array singular = Array.of(new double[][] {{1, 2}, {2, 4}});
        assertThat(item(singular.det())).isEqualTo(0);
        assertThat(item(singular.slogdet().sign())).isEqualTo(0);
        assertThat(item(singular.slogdet().logarithm())).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void determinantsDoNotOverflowOnTheWay() {
        assertThat(item(Array.of(1e300, 1e300, 1e-300, 1e-300).diagonalMatrix().det()))
                .isCloseTo(1, within(1e-12));
        assertThat(item(Array.of(1e-300, 1e-300, 1e300, 2e300).diagonalMatrix().det()))
                .isCloseTo(2, within(1e-12));
        assertThat(item(Array.of(1e300, 1e300).diagonalMatrix().det())).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(item(Array.of(1e-300, 1e-300).diagonalMatrix().det())).isEqualTo(0);
    }

    @Test
    void systemsAreSolved() {
        Array a = uniform(7, 2, 5, 5);
        Array x = uniform(8, 2, 5, 3);
        assertClose(a.solve(a.matmul(x)), x, 1e-12);
        assertClose(a.matmul(a.inverse()), identity(5).broadcastTo(a.shape()), 1e-12);
        // One matrix for a batch of right-hand sides, and a vector.
        Tensor first = a.take(0, 0);
        assertClose(first.solve(first.matmul(x)), x, 1e-12);
        Array vector = Array.of(1.0, 2, 3, 4, 5);
        assertClose(a.matmul(a.solve(vector).expand(-1)).squeeze(-1), vector.broadcastTo(Shape.of(2, 5)), 1e-12);
        // The first pivot is 0.
        assertThat(Array.of(new double[][] {{0, 1}, {1, 0}}).solve(Array.of(2.0, 3)))
                .isEqualTo(Array.of(3.0, 2));
    }

    @Test
    void trianglesAreSolvedWithoutTheOtherHalf() {
        Array a = Array.of(new double[][] {{2, Double.NaN}, {4, 5}});
        Array b = Array.of(2.0, 9);
        assertThat(a.triangularSolve(b, Triangle.LOWER, Form.PLAIN)).isEqualTo(Array.of(1.0, 1));
        assertThat(a.mT().triangularSolve(b, Triangle.UPPER, Form.TRANSPOSED)).isEqualTo(Array.of(1.0, 1));
        Array upper = Array.of(new double[][] {{2, 4}, {Double.NaN, 5}});
        assertThat(upper.triangularSolve(Array.of(6.0, 5), Triangle.UPPER, Form.PLAIN))
                .isEqualTo(Array.of(1.0, 1));
        assertThat(upper.mT().triangularSolve(Array.of(6.0, 5), Triangle.LOWER, Form.TRANSPOSED))
                .isEqualTo(Array.of(1.0, 1));
    }

    /// Penrose's four conditions, for full and for low rank.
    @Test
    void pseudoInverses() {
        Array low = Array.of(uniform(9, 5, 2).matmul(uniform(10, 2, 4)));
        for (Array a : new Array[] {uniform(9, 5, 3), uniform(9, 3, 5), low, Array.zeros(DType.F64, 2, 3)}) {
            Tensor p = a.pinv();
            assertClose(a.matmul(p).matmul(a), a, 1e-13);
            assertClose(p.matmul(a).matmul(p), p, 1e-12);
            assertClose(a.matmul(p).mT(), a.matmul(p), 1e-13);
            assertClose(p.matmul(a).mT(), p.matmul(a), 1e-13);
        }
    }

    @Test
    void leastSquares() {
        // The line through (0,1), (1,2), (2,4), (3,4): 1.1·x + 1.1.
        Array a = Array.of(new double[][] {{0, 1}, {1, 1}, {2, 1}, {3, 1}});
        assertClose(a.lstsq(Array.of(1.0, 2, 4, 4)), Array.of(1.1, 1.1), 1e-14);
        Array wide = uniform(11, 2, 3, 5);
        Array b = uniform(12, 3, 2);
        assertClose(wide.lstsq(b), wide.pinv().matmul(b), 1e-12);
        Array tall = uniform(11, 2, 5, 3);
        assertClose(tall.lstsq(uniform(12, 5, 2)), tall.pinv().matmul(uniform(12, 5, 2)), 1e-12);
    }

    @Test
    void exponentialsOfClosedForm() {
        Array nilpotent = Array.of(new double[][] {{0, 2, 3}, {0, 0, 4}, {0, 0, 0}});
        assertClose(nilpotent.matrixExp(), Array.of(new double[][] {{1, 2, 7}, {0, 1, 4}, {0, 0, 1}}), 1e-14);
        for (double angle : new double[] {0, 0.5, 3, 100}) {
            double c = Math.cos(angle);
            double s = Math.sin(angle);
            assertClose(
                    Array.of(new double[][] {{0, -angle}, {angle, 0}}).matrixExp(),
                    Array.of(new double[][] {{c, -s}, {s, c}}),
                    1e-12);
        }
        // A symmetric matrix: V·exp(Λ)·Vᵀ.
        Tensor v = orthogonal(13, 4);
        Tensor values = Array.of(-30.0, -1, 0, 2);
        Tensor a = v.mul(values.expand(0)).matmul(v.mT());
        assertClose(a.matrixExp(), v.mul(values.exp().expand(0)).matmul(v.mT()), 1e-13);
        assertThat(item(Array.of(new double[][] {{-1000}}).matrixExp().sum())).isEqualTo(0);
    }

    /// Moler, Van Loan, "Nineteen dubious ways to compute the exponential of a matrix", 2003, section 3, as given there.
    @Test
    void theExampleOfMolerAndVanLoan() {
        Array a = Array.of(new double[][] {{-49, 24}, {-64, 31}});
        Array expected = Array.of(new double[][] {{-0.735759, 0.551819}, {-1.471518, 1.103638}});
        assertClose(a.matrixExp(), expected, 5e-7);
    }

    @Test
    void singleColumnsHaveTheSignsThatAreStated() {
        Eigen eigen = Array.of(new double[][] {{2, 1}, {1, 2}}).eigh();
        double half = Math.sqrt(0.5);
        assertClose(eigen.values(), Array.of(1.0, 3), 1e-15);
        assertClose(eigen.vectors(), Array.of(new double[][] {{half, half}, {-half, half}}), 1e-15);
        Singular svd = Array.of(new double[][] {{-3, 0}, {0, -4}}).svd();
        assertThat(svd.u()).isEqualTo(Array.of(new double[][] {{0, 1}, {1, 0}}));
        assertThat(svd.values()).isEqualTo(Array.of(4.0, 3));
        assertThat(svd.vt()).isEqualTo(Array.of(new double[][] {{0, -1}, {-1, 0}}));
    }

    @Test
    void singlePrecisionIsComputedInDouble() {
        Tensor h = hilbert(4);
        Tensor single = h.to(DType.F32);
        assertThat(single.det()).isEqualTo(single.to(DType.F64).det().to(DType.F32));
        assertThat(single.cholesky()).isEqualTo(single.to(DType.F64).cholesky().to(DType.F32));
        assertThat(single.eigh().vectors())
                .isEqualTo(single.to(DType.F64).eigh().vectors().to(DType.F32));
        assertThat(single.svd().u()).isEqualTo(single.to(DType.F64).svd().u().to(DType.F32));
    }

    @Test
    void whatIsNotFiniteGivesNan() {
        Array a = Array.of(new double[][] {{1, Double.NaN}, {0, 1}});
        for (Tensor y : new Tensor[] {
            a.det(),
            a.cholesky().sum(),
            a.eigh().values().sum(),
            a.svd().values().sum()
        }) {
            assertThat(item(y)).isNaN();
        }
        // One matrix of a batch spoils no other.
        Tensor both = Tensor.stack(0, List.of(a, identity(2)));
        assertThat(Array.of(both.det()).toDoubles()).containsExactly(Double.NaN, 1);
    }
}

package dev.adjoint.run;

import static dev.adjoint.run.Matrices.assertClose;
import static dev.adjoint.run.Matrices.identity;
import static dev.adjoint.run.Matrices.orthogonal;
import static dev.adjoint.run.Matrices.positive;
import static dev.adjoint.run.Matrices.uniform;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static dev.adjoint.transform.Transformations.jacobian;
import static dev.adjoint.transform.Transformations.jvp;
import static dev.adjoint.transform.Transformations.vjp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.explain.WhyZero;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.FactorizationFailure;
import dev.adjoint.tensor.FactorizationFailure.Reason;
import dev.adjoint.tensor.LinearAlgebra.Eigen;
import dev.adjoint.tensor.LinearAlgebra.Singular;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Derivatives of linear algebra against closed forms, differences and each other.
class FactorizationDerivativesTest {
    record Case(String name, Function<Tensor, Tensor> f, Array at) {
        @Override
        public String toString() {
            return name + " at " + at.type();
        }
    }

    private static Tensor flat(List<Tensor> parts) {
        return Tensor.concat(0, parts.stream().map(x -> x.reshape(-1)).toList());
    }

    static Stream<Case> cases() {
        Array b = uniform(2, 4, 2);
        return Stream.of(
                new Case("cholesky", Tensor::cholesky, positive(1, 4, 4)),
                new Case("inverse", Tensor::inverse, positive(1, 2, 3, 3)),
                new Case("solve", a -> a.solve(b), positive(1, 4, 4)),
                new Case("det", Tensor::det, positive(1, 4, 4)),
                new Case("slogdet", a -> a.slogdet().logarithm(), positive(1, 4, 4)),
                new Case("qr", a -> flat(List.of(a.qr().q(), a.qr().r())), uniform(3, 5, 3)),
                new Case("qr", a -> flat(List.of(a.qr().q(), a.qr().r())), uniform(3, 3, 5)),
                new Case("eigh", a -> flat(List.of(a.eigh().values(), a.eigh().vectors())), positive(4, 4, 4)),
                new Case("svd", FactorizationDerivativesTest::decomposed, uniform(3, 4, 4)),
                new Case("svd", FactorizationDerivativesTest::decomposed, uniform(3, 5, 3)),
                new Case("svd", FactorizationDerivativesTest::decomposed, uniform(3, 3, 5)),
                new Case("pinv", Tensor::pinv, uniform(3, 5, 3)),
                new Case("lstsq", a -> a.lstsq(b), uniform(3, 4, 3)),
                new Case("lstsq", a -> a.lstsq(b), uniform(3, 4, 6)),
                new Case("matrixExp", Tensor::matrixExp, uniform(5, 4, 4)),
                new Case(
                        "matrixExp",
                        Tensor::matrixExp,
                        Array.of(uniform(5, 3, 3).mul(10))));
    }

    private static Tensor decomposed(Tensor a) {
        Singular svd = a.svd();
        return flat(List.of(svd.u(), svd.values(), svd.vt()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void tangentsAreDifferencesAndCotangentsTheirTranspose(Case at) {
        Array t = uniform(7, at.at.shape().dims());
        Tensor tangent = jvp(at.f, at.at, t).tangent();
        double h = 1e-5;
        Tensor difference = at.f.apply(at.at.add(t.mul(h)))
                .sub(at.f.apply(at.at.sub(t.mul(h))))
                .div(2 * h);
        double scale = 1 + Array.of(tangent.abs().max()).item();
        assertClose(tangent, difference, 1e-7 * scale);

        Array ct = uniform(8, tangent.shape().dims());
        Tensor pulled = vjp(at.f, at.at).pullback().apply(ct);
        double forward = Array.of(tangent.mul(ct).sum()).item();
        assertThat(Array.of(pulled.mul(t).sum()).item()).isCloseTo(forward, within(1e-11 * scale));
    }

    @Test
    void theGradientOfALogarithmicDeterminantIsTheInverseTransposed() {
        Array a = uniform(3, 4, 4);
        assertClose(
                grad((Tensor x) -> x.slogdet().logarithm()).apply(a),
                a.inverse().mT(),
                1e-12);
        assertClose(grad(Tensor::det).apply(a), a.inverse().mT().mul(a.det()), 1e-12);
    }

    /// ∂² ln det A / ∂Aᵢⱼ∂Aₖₗ = −(A⁻¹)ⱼₖ·(A⁻¹)ₗᵢ
    @Test
    void theHessianOfALogarithmicDeterminant() {
        Array a = uniform(1, 3, 3);
        Array found = Array.of(hessian((Tensor x) -> x.slogdet().logarithm()).apply(a));
        Array inverse = Array.of(a.inverse());
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                for (int k = 0; k < 3; k++) {
                    for (int l = 0; l < 3; l++) {
                        double expected = -inverse.get(j, k) * inverse.get(l, i);
                        assertThat(found.get(i, j, k, l)).isCloseTo(expected, within(1e-11));
                    }
                }
            }
        }
    }

    /// d³/dt³ of ln det(1 + t·X) at 0 is 2·tr X³.
    @Test
    void aThirdDerivative() {
        Array x = uniform(2, 3, 3);
        Function<Tensor, Tensor> f = t -> identity(3).add(x.mul(t)).slogdet().logarithm();
        Function<Tensor, Tensor> third = grad(grad(grad(f)));
        Tensor expected = x.matmul(x).matmul(x).trace().mul(2);
        assertClose(third.apply(Array.scalar(0.0)), expected, 1e-12);
    }

    /// f(t) = exp(t·X) has the derivatives Xᵏ·exp(t·X).
    @Test
    void derivativesOfAnExponential() {
        Array x = uniform(2, 3, 3);
        Function<Tensor, Tensor> f = t -> x.mul(t).matrixExp().sum();
        Tensor exponential = x.mul(0.7).matrixExp();
        assertClose(grad(f).apply(Array.scalar(0.7)), x.matmul(exponential).sum(), 1e-13);
        assertClose(
                grad(grad(f)).apply(Array.scalar(0.7)),
                x.matmul(x).matmul(exponential).sum(),
                1e-12);
    }

    @Test
    void theGradientOfASymmetricFunctionIsSymmetric() {
        Array a = positive(1, 3, 3);
        Tensor gradient =
                grad((Tensor x) -> x.cholesky().diagonal().log().sum().mul(2)).apply(a);
        assertClose(gradient, a.inverse(), 1e-13);
    }

    @Test
    void theJacobianOfASolutionIsTheInverse() {
        Array a = positive(1, 3, 3);
        assertClose(jacobian((Tensor b) -> a.solve(b)).apply(Array.of(1.0, 2, 3)), a.inverse(), 1e-13);
    }

    @Test
    void mappedMatricesAreABatch() {
        Array a = positive(1, 4, 3, 3);
        Function<Tensor, Tensor> gradient = grad((Tensor x) -> x.slogdet().logarithm());
        assertClose(vmap(gradient).apply(a), a.inverse().mT(), 1e-13);
    }

    @Test
    void aSingleGradientIsExplained() {
        WhyZero why =
                WhyZero.of((Tensor x) -> x.eigh().values().sum(), identity(2)).getFirst();
        assertThat(why.isZero()).isFalse();
        assertThat(why.path().getFirst().operator()).isEqualTo("eigh");
    }

    @Test
    void singlePrecisionHasDerivatives() {
        Tensor a = positive(1, 3, 3).to(DType.F32);
        Tensor gradient = grad((Tensor x) -> x.slogdet().logarithm()).apply(a);
        assertThat(gradient.dtype()).isEqualTo(DType.F32);
        assertClose(gradient.to(DType.F64), a.to(DType.F64).inverse(), 1e-6);
    }

    /// A matrix with eigenvalues 1, 1, 3, in a basis where rounding makes the two differ.
    private static Array repeated() {
        Tensor v = orthogonal(9, 3);
        return Array.of(v.mul(Array.of(1.0, 1, 3).expand(0)).matmul(v.mT()));
    }

    /// ∂/∂A Σ g(λᵢ) = g′(A).
    @Test
    void functionsOfRepeatedEigenvaluesHaveDerivatives() {
        for (Array a : new Array[] {identity(3), repeated()}) {
            Tensor gradient = grad((Tensor x) -> x.eigh().values().log().sum()).apply(a);
            assertClose(gradient, a.inverse(), 1e-14);
            Tensor tangent = jvp((Tensor x) -> x.eigh().values().log().sum(), a, uniform(3, 3, 3))
                    .tangent();
            assertClose(tangent, a.inverse().mul(uniform(3, 3, 3)).sum(), 1e-14);
            Tensor nuclear = grad((Tensor x) -> x.svd().values().sum()).apply(a);
            assertClose(nuclear, identity(3), 1e-14);
        }
    }

    @Test
    void repeatedEigenvectorsHaveNone() {
        Function<Tensor, Tensor> root = x -> {
            Eigen eigen = x.eigh();
            return eigen.vectors()
                    .mul(eigen.values().sqrt().expand(-2))
                    .matmul(eigen.vectors().mT())
                    .sum();
        };
        assertThatThrownBy(() -> grad(root).apply(identity(3)))
                .isInstanceOf(FactorizationFailure.class)
                .hasMessage(
                        "inversegaps: f64[3]: the matrix has repeated values: 0 and 1 are 1.0 and 1.0, and their vectors"
                                + " have no derivative. A function of the values alone has one")
                .asInstanceOf(InstanceOfAssertFactories.type(FactorizationFailure.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.REPEATED_VALUES));
        assertThatThrownBy(() -> grad(root).apply(repeated())).isInstanceOf(FactorizationFailure.class);
        assertThatThrownBy(() -> jvp(root, identity(3), identity(3))).isInstanceOf(FactorizationFailure.class);
        Array batch = Array.of(Tensor.stack(0, List.of(positive(1, 3, 3), identity(3))));
        assertThatThrownBy(() -> grad(root).apply(batch)).hasMessageContaining("matrix [1] has repeated values");
        assertThatThrownBy(() -> grad((Tensor x) -> x.svd().u().sum(Axes.all())).apply(identity(2)))
                .isInstanceOf(FactorizationFailure.class);
    }

    /// The pseudo-inverse of rank 1 with two singular values 0: exact along directions that keep the rank.
    @Test
    void pseudoInversesOfLowRankHaveDerivatives() {
        Array u = uniform(1, 3, 1);
        Array v = uniform(2, 1, 3);
        Function<Tensor, Tensor> f = t -> u.add(t).matmul(v).pinv();
        double h = 1e-5;
        Tensor t = uniform(4, 3, 1);
        Tensor difference = f.apply(t.mul(h)).sub(f.apply(t.mul(-h))).div(2 * h);
        assertClose(jvp(f, Array.zeros(DType.F64, 3, 1), Array.of(t)).tangent(), difference, 1e-7);
    }
}

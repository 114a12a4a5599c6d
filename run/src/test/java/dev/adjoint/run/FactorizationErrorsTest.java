package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.op.linalg.TriangularSolve.Form;
import dev.adjoint.op.linalg.TriangularSolve.Triangle;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.FactorizationFailure;
import dev.adjoint.tensor.FactorizationFailure.Reason;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/// What linear algebra refuses, and in which words.
class FactorizationErrorsTest {
    private static final Array SINGULAR = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}, {0, 0, 0}});

    private static Array batch() {
        Tensor good = Matrices.positive(1, 3, 3);
        Tensor row = Tensor.stack(0, List.of(good, good, SINGULAR));
        return Array.of(Tensor.stack(0, List.of(Tensor.stack(0, List.of(good, good, good)), row)));
    }

    @Test
    void aSingularMatrixIsNamed() {
        assertThatThrownBy(() -> SINGULAR.solve(Array.of(1.0, 2, 3)))
                .isInstanceOf(FactorizationFailure.class)
                .hasMessage(
                        "solve: f64[3,3] and f64[3,1]: the matrix is singular: pivot 2 is 0. A least-squares answer:"
                                + " a.pinv().matmul(b)")
                .asInstanceOf(InstanceOfAssertFactories.type(FactorizationFailure.class))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.SINGULAR));
        assertThatThrownBy(() -> batch().inverse())
                .hasMessage(
                        "solve: f64[2,3,3,3] and f64[2,3,3,3]: matrix [1,2] is singular: pivot 2 is 0. A least-squares"
                                + " answer: a.pinv().matmul(b)");
        assertThatThrownBy(() -> SINGULAR.triangularSolve(Array.of(1.0, 2, 3), Triangle.LOWER, Form.PLAIN))
                .hasMessage(
                        "triangularsolve: f64[3,3] and f64[3,1]: the matrix is singular: pivot 2 is 0. A least-squares"
                                + " answer: a.pinv().matmul(b)");
    }

    @Test
    void aMatrixThatIsNotPositiveDefiniteIsNamed() {
        assertThatThrownBy(() -> batch().cholesky())
                .isInstanceOf(FactorizationFailure.class)
                .hasMessage(
                        "cholesky: f64[2,3,3,3]: matrix [1,2] is not positive definite: pivot 1 is -4.0. If rounding"
                                + " made it so, add a small multiple of the identity");
    }

    @Test
    void theDerivativeOfADeterminantIsRefusedWhereItIsZero() {
        assertThatThrownBy(() -> grad((Tensor a) -> a.det()).apply(SINGULAR))
                .isInstanceOf(FactorizationFailure.class)
                .hasMessageContaining("the matrix is singular: pivot 2 is 0");
    }

    @Test
    void shapesAreRefusedBeforeAnythingIsComputed() {
        Array wide = Array.zeros(DType.F64, 2, 3);
        assertThatThrownBy(() -> wide.det())
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("det: f64[2,3]: needs a square matrix; it has 2 rows (axis -2) and 3 columns (axis -1)");
        assertThatThrownBy(() -> Array.of(1.0, 2).cholesky())
                .hasMessage("cholesky: f64[2]: needs a matrix: at least two axes");
        assertThatThrownBy(() -> Matrices.identity(3).solve(wide))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage(
                        "solve: f64[3,3] and f64[2,3]: rows of the right-hand side (axis -2: 2) must equal rows of the"
                                + " matrix (axis -2: 3). The transpose fits: b.mT()");
        assertThatThrownBy(() -> batch().solve(Array.zeros(DType.F64, 2, 2, 3, 1)))
                .hasMessage("solve: f64[2,3] and f64[2,2]: extents along axis -1 must be equal or 1, not 3 and 2");
        assertThatThrownBy(() -> Matrices.identity(3).lstsq(Array.of(1.0, 2)))
                .hasMessage("lstsq: f64[3,3] and f64[2,1]: rows of the right-hand side must equal rows of the matrix"
                        + " (axis -2: 3)");
        assertThatThrownBy(() -> Array.of(1.0).lstsq(Array.of(1.0)))
                .hasMessage("lstsq: f64[1] and f64[1]: needs a matrix: at least two axes");
    }

    @Test
    void elementTypesAreRefused() {
        Tensor integers = Matrices.identity(2).to(DType.I32);
        assertThatThrownBy(() -> integers.det())
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage("det: i32[2,2]: defined for floating types only; convert with x.to(DType.F64)");
        assertThatThrownBy(() -> Matrices.identity(2).solve(Array.of(1f, 2f)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage("solve: f64[2,2] and f32[2,1]: element types must be equal");
    }
}

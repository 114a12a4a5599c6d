package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static dev.adjoint.transform.Transformations.hvp;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ArrayTest {
    @Test
    void matmulOfTwoByTwo() {
        Array a = Array.of(new double[][] {{1, 2}, {3, 4}});
        Array b = Array.of(new double[][] {{5, 6}, {7, 8}});
        assertThat(a.matmul(b)).isEqualTo(Array.of(new double[][] {{19, 22}, {43, 50}}));
    }

    @Test
    void derivativesOfASineNest() {
        Function<Tensor, Tensor> f = x -> x.sin().sum();
        Array x = Array.of(0.5, 1.5);
        Array v = Array.of(1.0, 2.0);
        assertThat(Array.of(grad(f).apply(x)).toDoubles()).containsExactly(Math.cos(0.5), Math.cos(1.5));
        assertThat(Array.of(hvp(f, x, v)).toDoubles()).containsExactly(-Math.sin(0.5), -2 * Math.sin(1.5));
        assertThat(Array.of(hessian(f).apply(x)).toDoubles())
                .containsExactly(-Math.sin(0.5), -0.0, -0.0, -Math.sin(1.5));
        Function<Tensor, Tensor> nested =
                y -> y.mul(grad((Tensor z) -> z.mul(y).mul(z).sum()).apply(y)).sum();
        assertThat(Array.of(grad(nested).apply(x)).toDoubles()).containsExactly(6 * 0.25, 6 * 2.25);
    }

    @Test
    void compiledEqualsEager() {
        Function<Tensor, Tensor> f =
                x -> grad((Tensor y) -> y.softmax(-1).log().mul(y).sum()).apply(x);
        Array x = Array.of(new double[][] {{1, 2, 3}, {3, 1, 0}});
        Tensor eager = f.apply(x);
        assertThat(Compiled.of(f).apply(x)).isEqualTo(eager);
        assertThat(vmap((Tensor row) -> row.mul(2)).apply(x)).isEqualTo(x.mul(2));
    }

    @Test
    void deferredElementsAreMadeOnceWhenTheyAreRead() {
        AtomicInteger made = new AtomicInteger();
        Array x = Array.deferred(TensorType.of(DType.F64, 2), () -> {
            made.incrementAndGet();
            return Elements.wrap(new double[] {3, 4});
        });
        assertThat(x.shape()).isEqualTo(Shape.of(2));
        assertThat(made).hasValue(0);
        assertThat(x.add(1)).isEqualTo(Array.of(4.0, 5.0));
        assertThat(x).isEqualTo(Array.of(3.0, 4.0));
        assertThat(made).hasValue(1);
        Array wrong = Array.deferred(TensorType.of(DType.F64, 3), () -> Elements.wrap(new double[2]));
        assertThatThrownBy(wrong::elements).hasMessage("2 elements of f64 are not a tensor of type f64[3]");
    }
}

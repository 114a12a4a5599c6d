package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.hessian;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.op.indexing.Scatter.Combine;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

class LookupsTest {
    private static final Array X = Array.of(1.0, 2, 3);
    private static final Array PLACES = Array.of(2, 0, 2, 2);
    private static final Array UPDATES = Array.of(5.0, -7, 11, 0);

    private static double[] gradient(java.util.function.UnaryOperator<Tensor> f, Array at) {
        return Array.of(grad((Tensor t) ->
                                f.apply(t).mul(Array.of(1.0, 10, 100)).sum())
                        .apply(at))
                .toDoubles();
    }

    @Test
    void updatesOfOnePlaceCombine() {
        assertThat(X.scatterAdd(0, PLACES, UPDATES)).isEqualTo(Array.of(-6.0, 2, 19));
        assertThat(X.scatterMultiply(0, PLACES, UPDATES)).isEqualTo(Array.of(-7.0, 2, 0));
        assertThat(X.scatterMax(0, PLACES, UPDATES)).isEqualTo(Array.of(1.0, 2, 11));
        assertThat(X.scatterMin(0, PLACES, UPDATES)).isEqualTo(Array.of(-7.0, 2, 0));
        assertThat(X.scatterSet(0, PLACES, UPDATES)).isEqualTo(Array.of(-7.0, 2, 0));
    }

    @Test
    void theLastOfSeveralThatAreSetReceivesTheCotangent() {
        assertThat(gradient(x -> x.scatterSet(0, PLACES, UPDATES), X)).containsExactly(0, 10, 0);
        assertThat(gradient(u -> X.scatterSet(0, PLACES, u), UPDATES)).containsExactly(0, 1, 0, 100);
    }

    @Test
    void winnersThatTieShare() {
        Array ties = Array.of(3.0, 0, 3, 1);
        assertThat(gradient(x -> x.scatterMax(0, PLACES, ties), X)).containsExactly(1, 10, 100 / 3.0);
        assertThat(gradient(u -> X.scatterMax(0, PLACES, u), ties)).containsExactly(100 / 3.0, 0, 100 / 3.0, 0);
        assertThat(gradient(u -> X.scatterMin(0, PLACES, u), UPDATES)).containsExactly(0, 1, 0, 100);
    }

    @Test
    void productsHaveExactDerivativesAtZeros() {
        // y₂ = 3·5·11·0
        assertThat(gradient(u -> X.scatterMultiply(0, PLACES, u), UPDATES)).containsExactly(0, 1, 0, 16500);
        assertThat(gradient(x -> x.scatterMultiply(0, PLACES, UPDATES), X)).containsExactly(-7, 10, 0);
        Tensor h = hessian((Tensor u) -> X.scatterMultiply(0, PLACES, u).sum()).apply(UPDATES);
        assertThat(Array.of(h).toDoubles()).containsExactly(0, 0, 0, 33, 0, 0, 0, 0, 0, 0, 0, 15, 33, 0, 15, 0);
    }

    @Test
    void alongAnAxisEveryPlaceHasAnIndexOfItsOwn() {
        Array x = Array.of(new double[][] {{1, 2, 3}, {4, 5, 6}});
        Tensor i = Array.of(2, 0, 0, 1, 1, 2).reshape(2, 3);
        assertThat(x.takeAlongAxis(1, i)).isEqualTo(Array.of(new double[][] {{3, 1, 1}, {5, 5, 6}}));
        assertThat(x.takeAlongAxis(0, Array.of(1, 0, 1).reshape(1, 3))).isEqualTo(Array.of(new double[][] {{4, 2, 6}}));
        assertThat(x.putAlongAxis(Combine.ADD, 1, i, x)).isEqualTo(Array.of(new double[][] {{6, 2, 4}, {4, 14, 12}}));
        assertThatThrownBy(() -> x.takeAlongAxis(0, Array.of(1)))
                .isInstanceOf(ShapeMismatch.class)
                .hasMessage("takeAlongAxis: f64[2,3] and i32[1]: the indices need as many axes");
        assertThatThrownBy(() -> x.takeAlongAxis(0, Array.of(1, 0).reshape(1, 2)))
                .hasMessage(
                        "takeAlongAxis: f64[2,3] and i32[1,2]: extents along axis 1 must be equal or 1, not 3 and 2");
        assertThatThrownBy(() -> x.takeAlongAxis(1, i.add(1)))
                .hasMessage("gather: index 3 is outside axis 1 of extent 3");
    }

    @Test
    void segments() {
        Array x = Array.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Array ids = Array.of(2, 0, 2);
        double infinity = Double.POSITIVE_INFINITY;
        assertThat(x.segmentSum(ids, 3)).isEqualTo(Array.of(new double[][] {{3, 4}, {0, 0}, {6, 8}}));
        assertThat(x.segmentMean(ids, 3)).isEqualTo(Array.of(new double[][] {{3, 4}, {0, 0}, {3, 4}}));
        assertThat(x.segmentProduct(ids, 3)).isEqualTo(Array.of(new double[][] {{3, 4}, {1, 1}, {5, 12}}));
        assertThat(x.segmentMax(ids, 3)).isEqualTo(Array.of(new double[][] {{3, 4}, {-infinity, -infinity}, {5, 6}}));
        assertThat(x.segmentMin(ids, 3)).isEqualTo(Array.of(new double[][] {{3, 4}, {infinity, infinity}, {1, 2}}));
        assertThatThrownBy(() -> x.segmentSum(Array.of(0, 1), 3))
                .hasMessage("segments: f64[3,2] and i32[2]: needs one segment number for every slice along axis 0");
        assertThatThrownBy(() -> x.segmentSum(Array.of(0, 1, 3), 3))
                .hasMessage("scatter: index 3 is outside axis 0 of extent 3");
    }

    @Test
    void anEmbeddingReadsRowsAndItsGradientAddsThemUp() {
        Array table = Array.of(new double[][] {{1, 2}, {3, 4}, {5, 6}});
        Array words = Array.of(2, 0, 2);
        assertThat(table.embedding(words)).isEqualTo(Array.of(new double[][] {{5, 6}, {1, 2}, {5, 6}}));
        assertThat(grad((Tensor t) -> t.embedding(words).sum()).apply(table)).isEqualTo(Array.of(new double[][] {
            {1, 1}, {0, 0}, {2, 2}
        }));
    }

    @Test
    void wrongIndicesAndUpdatesAreRefused() {
        assertThatThrownBy(() -> X.scatterAdd(0, PLACES, Array.of(1f, 2, 3, 4)))
                .isInstanceOf(DTypeMismatch.class)
                .hasMessage(
                        "scatter: f64[3] and i32[4] and f32[4]: updates must have the same element type; convert with"
                                + " u.to(DType.F64)");
        assertThatThrownBy(() -> Array.of(true).scatterAdd(0, Array.of(0), Array.of(true)))
                .hasMessage(
                        "scatter: bool[1] and i32[1] and bool[1]: booleans can only be set; convert with x.to(DType.I32)");
        assertThatThrownBy(() -> new Gather(List.of(1, 1)))
                .hasMessage(
                        "gather takes the indexed axes in rising order from 0, each once and at least one, not [1, 1]");
        assertThatThrownBy(() -> new Scatter(List.of(), Combine.SET))
                .hasMessage(
                        "scatter takes the indexed axes in rising order from 0, each once and at least one, not []");
        assertThatThrownBy(() -> Array.zeros(DType.F32, 0, 2).gather(0, Array.of(0)))
                .hasMessage("gather: index 0 is outside axis 0 of extent 0");
    }

    @Test
    void severalIndexedAxesStandWhereTheFirstWas() {
        Array x = Array.zeros(DType.F32, 2, 3, 4, 5);
        Tensor y = x.gather(List.of(1, 3), List.of(Array.of(0, 1).reshape(2, 1), Array.of(0, 4, 2)));
        assertThat(y.shape()).isEqualTo(Shape.of(2, 2, 3, 4));
    }
}

package dev.adjoint.testkit;

import static dev.adjoint.testkit.GradientAssertions.assertGradients;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class EinsumGradientsTest {
    private static Array random(long seed, long... dims) {
        return new Draw(Key.of(seed)).uniform(TensorType.of(DType.F64, dims), -1, 1);
    }

    @Test
    void everyWayOfLowering() {
        Array x = random(1, 3, 2, 3);
        Array y = random(2, 3, 4);
        assertGradients((List<Tensor> t) -> Tensor.einsum("abc,cd->dba", t.get(0), t.get(1)))
                .at(List.of(x, y))
                .order(2);
        assertGradients((List<Tensor> t) -> Tensor.einsum("aba,ac,ac->b", t.get(0), t.get(1), t.get(1)))
                .at(List.of(x, y))
                .order(2);
        assertGradients((List<Tensor> t) -> Tensor.einsum("...b,b...", t.get(0), t.get(1)))
                .at(List.of(random(3, 4, 3), y));
        assertGradients((List<Tensor> t) ->
                        t.get(0).outer(t.get(1)).add(t.get(0).inner(t.get(1)).mean()))
                .at(List.of(random(4, 3), random(5, 3)));
    }
}

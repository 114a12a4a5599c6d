package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CompiledTest {
    @Test
    void isTracedOnceForEveryForm() {
        AtomicInteger traces = new AtomicInteger();
        Compiled<List<Tensor>, Tensor> sum = Compiled.of(parts -> {
            traces.incrementAndGet();
            return parts.stream().reduce(Tensor::add).orElseThrow();
        });
        Tensor one = Array.of(1f, 2f);
        Tensor longer = Array.of(1f, 2f, 3f);
        for (int i = 0; i < 3; i++) {
            assertThat(sum.apply(List.of(one, one))).isEqualTo(Array.of(2f, 4f));
            assertThat(sum.apply(List.of(longer, longer))).isEqualTo(Array.of(2f, 4f, 6f));
            assertThat(sum.apply(List.of(one, one, one))).isEqualTo(Array.of(3f, 6f));
            assertThat(sum.apply(List.of(Array.of(1.0), Array.of(2.0)))).isEqualTo(Array.of(3.0));
        }
        assertThat(traces).hasValue(4);
        assertThat(sum.executable(List.of(one, one)).plan().arguments())
                .containsExactly(TensorType.of(DType.F32, 2), TensorType.of(DType.F32, 2));
        assertThat(traces).hasValue(4);
    }

    @Test
    void tensorsOfMapsAreTakenByKeyInAnyOrder() {
        Compiled<Map<String, Tensor>, Tensor> difference =
                Compiled.of(map -> map.get("a").sub(map.get("b")));
        Map<String, Tensor> forth = new LinkedHashMap<>();
        forth.put("a", Array.of(5f));
        forth.put("b", Array.of(3f));
        Map<String, Tensor> back = new LinkedHashMap<>();
        back.put("b", Array.of(3f));
        back.put("a", Array.of(5f));
        assertThat(difference.apply(forth)).isEqualTo(Array.of(2f));
        assertThat(difference.apply(back)).isEqualTo(Array.of(2f));
    }

    @Test
    void insideOfAnotherTraceItIsRecorded() {
        Compiled<Tensor, Tensor> square = Compiled.of(x -> x.mul(x));
        assertThat(square.apply(Array.scalar(3.0))).isEqualTo(Array.scalar(9.0));
        assertThat(grad((Tensor x) -> square.apply(x)).apply(Array.scalar(3.0))).isEqualTo(Array.scalar(6.0));
    }
}

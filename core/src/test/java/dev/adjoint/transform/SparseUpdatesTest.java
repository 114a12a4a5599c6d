package dev.adjoint.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SparseUpdatesTest {
    private static final Value TABLE = Value.input("w", TensorType.of(DType.F32, 9, 2));
    private static final Value INDICES = Value.input("i", TensorType.of(DType.I64, 3));
    private static final Value UPDATES = Value.input("u", TensorType.of(DType.F32, 3, 2));

    private static List<String> after(Function<List<Tensor>, Object> f) {
        return new SparseUpdates()
                .apply(Trace.of(List.<Tensor>of(TABLE, INDICES, UPDATES), f).graph()).calls().stream()
                        .map(v -> v.op().name())
                        .filter(name -> !name.equals("constant"))
                        .toList();
    }

    private static Tensor table(List<Tensor> l) {
        return l.get(0).zerosLike().scatterAdd(0, l.get(1), l.get(2));
    }

    @Test
    void aStepOfDescentTouchesRowsAlone() {
        assertThat(after(l -> l.get(0).sub(table(l).mul(0.5)))).containsExactly("mul", "neg", "scatter");
        assertThat(after(l -> l.get(0).add(table(l)))).containsExactly("scatter");
        assertThat(after(l -> table(l).neg().div(4).add(l.get(0)))).containsExactly("neg", "div", "scatter");
    }

    @Test
    void severalTablesBecomeOneList() {
        assertThat(after(l -> l.get(0).add(table(l).add(table(l).mul(2)))))
                .containsExactlyInAnyOrder("mul", "concat", "concat", "scatter");
        assertThat(after(l -> l.get(0).add(table(l)).add(table(l)))).containsExactly("scatter", "scatter");
    }

    @Test
    void tablesThatOthersReadStay() {
        assertThat(after(l -> {
                    Tensor gradient = table(l);
                    return List.of(l.get(0).sub(gradient), gradient);
                }))
                .contains("sub");
    }

    @Test
    void otherSumsStay() {
        assertThat(after(l -> l.get(0).add(l.get(0).scatterAdd(0, l.get(1), l.get(2)))))
                .containsExactly("scatter", "add");
        assertThat(after(l -> l.get(0).mul(table(l)))).contains("mul");
        assertThat(after(l -> l.get(0).slice(0, 0, 1).mul(0).add(table(l)))).contains("add");
    }

    @Test
    void factorsStayWhereThereAreMoreUpdatesThanElements() {
        assertThat(after(l -> l.get(2)
                        .zerosLike()
                        .slice(0, 0, 1)
                        .mul(0)
                        .zerosLike()
                        .scatterAdd(0, l.get(1), l.get(2))
                        .mul(3)))
                .endsWith("scatter", "mul");
    }
}

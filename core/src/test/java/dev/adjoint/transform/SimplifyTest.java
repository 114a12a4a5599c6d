package dev.adjoint.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.GraphText;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Composite;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SimplifyTest {
    private static Graph traced(UnaryOperator<Tensor> f) {
        Value x = Value.input("x", TensorType.of(DType.F32, 2, 3));
        return Trace.of(x, f).graph();
    }

    private static List<String> after(UnaryOperator<Tensor> f) {
        return new Simplify()
                .apply(traced(f)).calls().stream().map(v -> v.op().name()).toList();
    }

    @Test
    void factorsOfOneAndDoubleNegationsGo() {
        assertThat(after(x -> x.mul(1).div(1).neg().neg())).isEmpty();
        assertThat(after(x -> x.constant(1).mul(x))).isEmpty();
        assertThat(after(x -> x.mul(x.onesLike()))).isEmpty();
    }

    @Test
    void movementsJoin() {
        assertThat(after(x -> x.reshape(6).reshape(3, 2))).containsExactly("reshape");
        assertThat(after(x -> x.reshape(6).reshape(2, 3))).isEmpty();
        assertThat(after(x -> x.mT().mT())).isEmpty();
        assertThat(after(x -> x.broadcastTo(Shape.of(1, 2, 3)).broadcastTo(Shape.of(4, 2, 3))))
                .containsExactly("broadcast");
    }

    /// x + 0 turns −0 into 0, and 0·x turns NaN and ∞ into 0: neither is the same number.
    @Test
    void whatWouldChangeABitStays() {
        assertThat(after(x -> x.add(0))).contains("add");
        assertThat(after(x -> x.sub(0).mul(0))).contains("sub", "mul");
        assertThat(after(x -> x.sub(x))).containsExactly("sub");
        assertThat(after(x -> x.div(x))).containsExactly("div");
        assertThat(after(x -> x.mul(-1))).contains("mul");
        assertThat(after(x -> x.exp().log())).containsExactly("exp", "log");
    }

    @Test
    void aFactorOfOneThatGivesTheShapeStays() {
        Value x = Value.input("x", TensorType.of(DType.F32));
        Graph graph = Trace.of(x, (Tensor t) -> t.mul(t.constant(1).broadcastTo(Shape.of(2))))
                .graph();
        assertThat(new Simplify().apply(graph).outputTypes()).containsExactly(TensorType.of(DType.F32, 2));
    }

    @Test
    void arithmeticOnSingleConstantsIsDone() {
        Graph graph =
                new Simplify().apply(traced(x -> x.constant(3).mul(4).sqrt().mul(x)));
        assertThat(GraphText.print(graph)).isEqualTo("""
                        graph (x: f32[2,3]) {
                          a: f32[] = constant[type=f32[], elements=f32{3.4641016}]
                          b: f32[2,3] = mul a x
                        } -> (b)""");
        assertThat(after(x -> x.constant(0).div(x.constant(0)).neg())).containsExactly("constant");
    }

    @Test
    void equalCallsBecomeOne() {
        Graph graph = traced(x -> x.exp().add(x.exp()).mul(x.exp().add(x.exp())));
        assertThat(graph.calls()).hasSize(7);
        assertThat(new Deduplicate().apply(graph).calls().stream().map(v -> v.op().name()))
                .containsExactly("exp", "add", "mul");
    }

    @Test
    void differentConstantsStayDifferent() {
        Graph graph = traced(x -> x.mul(0.0).add(x.mul(-0.0)));
        assertThat(new Deduplicate().apply(graph).calls()).hasSize(5);
        Graph equal = traced(x -> x.mul(Double.NaN).add(x.mul(Double.NaN)));
        assertThat(new Deduplicate().apply(equal).calls()).hasSize(3);
    }

    @Test
    void compositesExpandToTheEnd() {
        Graph graph = Expand.all().apply(traced(x -> x.logSoftmax(-1).mean()));
        assertThat(graph.calls()).noneMatch(v -> v.op() instanceof Composite);
        assertThat(graph.outputTypes()).containsExactly(TensorType.of(DType.F32));
    }
}

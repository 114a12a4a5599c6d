package shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.explain.MemoryNeed;
import dev.adjoint.graph.Value;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.CustomRules;
import dev.adjoint.transform.KeptForBackward;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What a function costs in memory, from a package that is not Adjoint's.
class MemoryNeedTest {
    private static final TensorType TYPE = TensorType.of(DType.F64, 100);

    /// d eˣ reads the result, d sin the operand: one vector of 800 bytes for both.
    @Test
    void valuesBytesAndReadersAreNamed() {
        String line = "MemoryNeedTest.java:" + (new Throwable().getStackTrace()[0].getLineNumber() + 1);
        MemoryNeed need = MemoryNeed.forType(x -> x.exp().sin().sum(), TYPE);
        assertThat(need.keptBytes()).isEqualTo(800);
        assertThat(need.kept().getFirst().wantedBy()).containsExactly("exp", "sin");
        assertThat(need.training()).isGreaterThan(need.prediction());
        assertThat(need.toString())
                .isEqualTo("training " + need.training() + " bytes, prediction " + need.prediction()
                        + " bytes, kept for the backward pass 800 bytes\n  800 bytes of exp: f64[100] at " + line
                        + ", wanted by exp, sin");
    }

    /// A chain of n sines keeps n − 1 vectors for training (the argument is there anyway) and holds two for prediction.
    @Test
    void trainingGrowsWithDepthAndPredictionDoesNot() {
        MemoryNeed shallow = MemoryNeed.forType(sines(4), TYPE);
        MemoryNeed deep = MemoryNeed.forType(sines(12), TYPE);
        assertThat(shallow.keptBytes()).isEqualTo(3 * 800);
        assertThat(deep.keptBytes()).isEqualTo(11 * 800);
        assertThat(deep.training() - shallow.training()).isEqualTo(8 * 800);
        assertThat(deep.prediction()).isEqualTo(shallow.prediction());
        assertThat(MemoryNeed.forType(CustomRules.checkpoint(sines(12)), TYPE).keptBytes())
                .isZero();
    }

    private static Function<Tensor, Tensor> sines(int count) {
        return x -> {
            Tensor y = x;
            for (int i = 0; i < count; i++) {
                y = y.sin();
            }
            return y;
        };
    }

    @Test
    void treesAreTakenAsTheyAre() {
        Function<Map<String, Tensor>, Tensor> f = m -> m.get("x").matmul(m.get("w"));
        Map<String, Tensor> like = Map.of(
                "x", Value.input("x", TensorType.of(DType.F32, 2, 3)),
                "w", Array.zeros(DType.F32, 3, 4));
        assertThat(KeptForBackward.of(f, like))
                .extracting(KeptForBackward::toString)
                .containsExactlyInAnyOrder(
                        "0 bytes of argument w: f32[3,4], wanted by matmul",
                        "0 bytes of argument x: f32[2,3], wanted by matmul");
        assertThat(MemoryNeed.of(f, like).toString()).endsWith("kept for the backward pass 0 bytes");
    }
}

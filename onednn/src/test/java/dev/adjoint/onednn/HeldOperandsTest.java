package dev.adjoint.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.Loops;
import dev.adjoint.transform.Loops.Next;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Weights are copied to native memory once for all steps of a loop, and anew for the next loop.
final class HeldOperandsTest {
    private static Array normal(long seed, long... dims) {
        return Array.of(Array.key(Key.of(seed)).normal(TensorType.of(DType.F32, dims)));
    }

    /// hₜ₊₁ = tanh(hₜ·U + xₜ), all of them.
    private static Tensor states(List<Tensor> arguments) {
        return Loops.scan(arguments.get(0), arguments.get(2), (h, x) -> {
                    Tensor next = h.matmul(arguments.get(1)).add(x).tanh();
                    return new Next<>(next, next);
                })
                .output();
    }

    @Test
    void everyLoopHasItsOwnWeights() {
        Compiled<List<Tensor>, Tensor> compiled = Compiled.of(HeldOperandsTest::states);
        for (long seed = 1; seed <= 3; seed++) {
            List<Tensor> arguments = arguments(seed);
            assertThat(Array.of(compiled.apply(arguments)).toFloats())
                    .as("seed " + seed)
                    .usingComparatorWithPrecision(1e-4f)
                    .containsExactly(Array.of(states(arguments)).toFloats());
        }
    }

    @Test
    void loopsAtTheSameTimeDoNotMixTheirWeights() {
        Compiled<List<Tensor>, Tensor> compiled = Compiled.of(HeldOperandsTest::states);
        List<float[]> alone = IntStream.range(0, 8)
                .mapToObj(seed -> Array.of(compiled.apply(arguments(seed))).toFloats())
                .toList();
        List<float[]> together = IntStream.range(0, 8)
                .parallel()
                .mapToObj(seed -> Array.of(compiled.apply(arguments(seed))).toFloats())
                .toList();
        for (int seed = 0; seed < alone.size(); seed++) {
            assertThat(together.get(seed)).as("seed " + seed).containsExactly(alone.get(seed));
        }
    }

    private static List<Tensor> arguments(long seed) {
        return List.of(
                normal(seed, 40, 70), Array.of(normal(seed + 100, 70, 70).mul(0.1)), normal(seed + 200, 5, 40, 70));
    }
}

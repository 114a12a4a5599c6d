package dev.adjoint.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Sums over many short rows, several of which are one row of the loops.
class FoldedSumTest {
    @ParameterizedTest
    @CsvSource({"4096,8", "4096,24", "96,64", "32,512", "17,10", "34,1024", "1000,1"})
    void sumsTermsOfImagesAndOfOneRow(int rows, int columns) {
        Array x = normal(1, rows, columns);
        Array mean = normal(2, 1, columns);
        Array y = normal(3, rows, columns);
        Array sums = sums(List.of(x, mean, y), Workers.of(1));

        for (int column = 0; column < columns; column++) {
            double sum = 0;
            for (int row = 0; row < rows; row++) {
                float centred = x.elements().floats()[row * columns + column]
                        - mean.elements().floats()[column];
                sum += y.elements().floats()[row * columns + column] > 0 ? centred : 0;
            }
            assertThat((double) sums.elements().floats()[column]).isCloseTo(sum, within(1e-6 * rows));
        }
        assertThat(sums(List.of(x, mean, y), Workers.all()).elements().floats())
                .isEqualTo(sums.elements().floats());
    }

    private static Array sums(List<Tensor> operands, Workers workers) {
        Compiled<List<Tensor>, Tensor> sums = Compiled.of(
                (List<Tensor> of) -> of.get(2)
                        .gt(0)
                        .to(DType.F32)
                        .mul(of.get(0).sub(of.get(1)))
                        .sum(0),
                Kernels.installed(workers));
        return (Array) sums.apply(operands);
    }

    private static Array normal(long seed, long... dims) {
        return Array.of(Array.key(Key.of(seed)).normal(TensorType.of(DType.F32, dims)));
    }
}

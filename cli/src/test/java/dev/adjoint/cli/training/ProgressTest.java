package dev.adjoint.cli.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adjoint.cli.text.Console;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.train.Callback;
import dev.adjoint.train.TrainState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProgressTest {
    private static final TrainState<Layer> STATE = new TrainState<>(
            Sequential.empty(), new Nothing(), Array.scalar(DType.I64, 1), Array.scalar(DType.I64, 1), List.of());

    record Nothing() {}

    /// What is shown of an epoch of 100 steps, a quarter of a second each, that goes on after step 20.
    private static String shown(boolean terminal) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        long[] now = {0};
        Progress progress = new Progress(new Console(err, err, terminal), () -> now[0]);
        for (int batch = 21; batch <= 60; batch++) {
            now[0] += 250_000_000;
            progress.step(new Callback.StepReport<>(STATE, 2, batch, 100, 0.5));
        }
        progress.epoch(new Callback.EpochReport<>(STATE, 2, 3, 0.25, Map.of("loss", 0.125, "accuracy", 0.5), 10));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aTerminalShowsABarWithPaceAndTimeLeft() {
        String last = shown(true);
        String plain = last.replaceAll("\\033\\[\\d*[mK]", "");
        assertThat(plain.split("[\r\n]"))
                .contains("epoch 2 [" + "#".repeat(14) + "-".repeat(10)
                        + "] 60/100  loss 0.5000  4.0 steps/s  0:10 left");
    }

    @Test
    void elsewhereThereIsOnePlainLineForAnEpoch() {
        assertThat(shown(false))
                .isEqualTo("epoch 2/3  train loss 0.2500  test loss 0.1250  test accuracy 50.00 %  10.0 s"
                        + System.lineSeparator());
    }
}

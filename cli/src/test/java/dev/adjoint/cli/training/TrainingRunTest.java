package dev.adjoint.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.nn.Layer;
import dev.adjoint.run.Kernels;
import dev.adjoint.train.Callback;
import dev.adjoint.train.Checkpoints;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingRunTest {
    private static final Configuration IRIS = Configuration.empty()
            .with(Setting.MODEL, "mlp")
            .with(Setting.DATA, "iris")
            .with(Setting.EPOCHS, "4")
            .with(Setting.BATCH, "16")
            .with(Setting.SEED, "5");

    private static TrainingRun run(Configuration configuration, Path folder, long checkpointSteps) {
        Experiment experiment = Experiment.of(configuration);
        return new TrainingRun(
                experiment, new RunFolder(folder), Kernels.installed(), Checkpoints.Every.steps(checkpointSteps));
    }

    private static TrainingRun run(Path folder, long checkpointSteps) {
        return run(IRIS, folder, checkpointSteps);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Callback<Layer> killer(long step) {
        return new Callback<>() {
            @Override
            public void step(StepReport<Layer> report) {
                if (report.state().steps() == step) {
                    throw new Killed();
                }
            }
        };
    }

    /// An epoch has 8 steps: the first kill comes before any checkpoint but the first, the others in the middle, before,
    /// at and after the end of an epoch.
    @ParameterizedTest
    @ValueSource(longs = {1, 4, 11, 16, 17, 31, 32})
    void aKilledAndResumedRunEndsInTheSameBytes(long killedAt, @TempDir Path temporary) throws Exception {
        Path whole = temporary.resolve("whole");
        Path part = temporary.resolve("part");
        TrainingRun.Result unbroken = run(whole, Long.MAX_VALUE).start(List.of());
        assertThatThrownBy(() -> run(part, 3).start(List.of(killer(killedAt)))).isInstanceOf(Killed.class);
        assertThat(part.resolve("model.safetensors")).doesNotExist();

        RunFolder.Checkpoint checkpoint = new RunFolder(part).checkpoint();
        assertThat(checkpoint.configuration().texts()).containsAllEntriesOf(IRIS.texts());
        TrainingRun.Result resumed = run(part, 3).resume(checkpoint.history(), List.of());

        assertThat(Files.readAllBytes(part.resolve("model.safetensors")))
                .isEqualTo(Files.readAllBytes(whole.resolve("model.safetensors")));
        assertThat(resumed.last().trainLoss()).isEqualTo(unbroken.last().trainLoss());
        assertThat(withoutSeconds(part)).isEqualTo(withoutSeconds(whole));
    }

    private static List<String> withoutSeconds(Path folder) throws Exception {
        return Files.readAllLines(folder.resolve("metrics.csv")).stream()
                .map(line -> line.substring(0, line.lastIndexOf(',')))
                .toList();
    }

    /// What an optimiser, a watch, an average or a loader remembers is in the checkpoint, too.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    accumulate=3 | clip-norm=0.5
                    ema=0.9 | schedule=one-cycle
                    patience=2 | optimizer=lion,beta1=0.8
                    precision=bf16 | optimizer=nesterov
                    """)
    void everySettingSurvivesAKill(String first, String second, @TempDir Path temporary) throws Exception {
        Configuration configuration = IRIS;
        for (String setting : List.of(first, second)) {
            String[] parts = setting.split("=", 2);
            configuration = configuration.with(Setting.named(parts[0]).orElseThrow(), parts[1]);
        }
        Path whole = temporary.resolve("whole");
        Path part = temporary.resolve("part");
        run(configuration, whole, Long.MAX_VALUE).start(List.of());
        TrainingRun broken = run(configuration, part, 2);
        assertThatThrownBy(() -> broken.start(List.of(killer(21)))).isInstanceOf(Killed.class);
        RunFolder.Checkpoint checkpoint = new RunFolder(part).checkpoint();
        run(checkpoint.configuration(), part, 2).resume(checkpoint.history(), List.of());
        assertThat(Files.readAllBytes(part.resolve("model.safetensors")))
                .isEqualTo(Files.readAllBytes(whole.resolve("model.safetensors")));
    }
}

package dev.adjoint.cli.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.data.Datasets;
import dev.adjoint.nn.zoo.Models;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Kernels;
import dev.adjoint.train.Callback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainingRunTest {
    private static final Setting SETTING = new Setting("mlp", "iris", 4, 16, 5);

    private static TrainingRun run(Path folder, long checkpointSteps) {
        Experiment experiment = new Experiment(SETTING, Models.MLP, Datasets.named("iris"));
        return new TrainingRun(experiment, new RunFolder(folder), Kernels.installed(), checkpointSteps);
    }

    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static Callback<Sequential> killer(long step) {
        return new Callback<>() {
            @Override
            public void step(StepReport<Sequential> report) {
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
        assertThat(checkpoint.setting()).isEqualTo(SETTING);
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
}

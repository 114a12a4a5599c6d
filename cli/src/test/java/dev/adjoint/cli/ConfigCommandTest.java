package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Files of settings, and the commands that tell what there is.
final class ConfigCommandTest {
    @TempDir
    private Path folder;

    private Called train(String toml, String... more) throws Exception {
        Path file = Files.writeString(folder.resolve("run.toml"), toml);
        String[] args = {
            "train", "--config", file.toString(), "--out", folder.resolve("run").toString()
        };
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Called.with(all);
    }

    @Test
    void flagsStandAboveTheFile() throws Exception {
        Called called = train("""
                model = "mlp"
                data = "iris"
                epochs = 9
                batch = 16
                lr = 0.01

                [optimizer]
                name = "adamw"
                beta2 = 0.95

                [schedule]
                name = "multi-step"
                milestones = [8, 12]
                """, "--epochs", "2");
        assertThat(called.code()).isZero();
        JsonNode setting = new JsonMapper()
                .readTree(Files.readString(folder.resolve("run/run.json")))
                .get("setting");
        assertThat(setting.get("epochs").asString()).isEqualTo("2");
        assertThat(setting.get("batch").asString()).isEqualTo("16");
        assertThat(setting.get("optimizer").asString()).isEqualTo("adamw,beta2=0.95");
        assertThat(setting.get("schedule").asString()).isEqualTo("multi-step,milestones=8,12");
        // The same file goes on with the run, since it says the same.
        Called resumed = Called.with(
                "train",
                "--resume",
                folder.resolve("run").toString(),
                "--config",
                folder.resolve("run.toml").toString());
        assertThat(resumed.code()).isZero();
        assertThat(Files.readAllLines(folder.resolve("run/metrics.csv"))).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    optimiser = 'adam' | 1: no setting is called 'optimiser'; did you mean 'optimizer'?
                    # a\\nbatch = 0 | 2: batch must be at least 1, not 0
                    lr = 'fast' | 1: lr: 'fast' is not a number
                    # a\\n# b\\nmodel = 'lenett' | 3: model: no model is called 'lenett'; did you mean 'lenet' or 'lenet5'?
                    optimizer = 'adamm' | 1: optimizer: no optimiser is called 'adamm'; did you mean 'adam' or 'adamw'?
                    [schedule]\\nwarmup = 3 | 1: schedule is a table without a name; it needs one, as in name = "adamw"
                    data = 'digts' | 1: data: no data set is called 'digts'; did you mean 'digits'?
                    """)
    void aMistakeInTheFileNamesItsLine(String toml, String message) throws Exception {
        Called called = train(toml.replace("\\n", "\n").replace('\'', '"'));
        assertThat(called)
                .isEqualTo(new Called(
                        2,
                        "",
                        "adjoint train: " + folder.resolve("run.toml") + ":" + message + System.lineSeparator()));
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void whatIsNoTomlNamesItsLine() throws Exception {
        Called called = train("model = \"mlp\"\nbatch = \n");
        assertThat(called.code()).isEqualTo(2);
        assertThat(called.err())
                .startsWith("adjoint train: " + folder.resolve("run.toml") + ":2: ")
                .hasLineCount(1);
        Called none =
                Called.with("train", "--config", folder.resolve("none.toml").toString());
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).contains("none.toml: no such file").hasLineCount(1);
    }

    @Test
    void foldsAreMeasuredAndLeaveNothing() throws Exception {
        Called called = Called.with("train", "--data", "iris", "--folds", "5", "--json");
        assertThat(called.json().propertyNames())
                .containsExactly("folds", "test_loss", "test_accuracy", "test_accuracy_deviation", "seconds", "each");
        assertThat(called.json().get("test_accuracy").asDouble()).isGreaterThan(0.95);
        assertThat(called.json().get("each")).hasSize(5);
        assertThat(Path.of("runs", "mlp-iris")).doesNotExist();
    }

    @Test
    void evalCountsWhatWasTakenForWhat() throws Exception {
        assertThat(train("data = \"iris\"\nepochs = 30").code()).isZero();
        String run = folder.resolve("run").toString();
        JsonNode json = Called.with("eval", run, "--data", "iris", "--json").json();
        assertThat(json.propertyNames())
                .containsExactly(
                        "examples",
                        "loss",
                        "accuracy",
                        "top_k",
                        "top_k_accuracy",
                        "precision",
                        "recall",
                        "f1",
                        "classes",
                        "confusion");
        int right = 0;
        int all = 0;
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < 3; j++) {
                int count = json.get("confusion").get(i).get(j).asInt();
                all += count;
                right += i == j ? count : 0;
            }
        }
        assertThat(all).isEqualTo(150);
        assertThat(json.get("accuracy").asDouble()).isEqualTo(right / 150.0);
        assertThat(Called.with("predict", run, "--data", "iris", "--json")
                        .json()
                        .get("accuracy")
                        .asDouble())
                .isEqualTo(right / 150.0);
        assertThat(Called.with("eval", run, "--data", "iris", "--held-out", "--json")
                        .json()
                        .get("examples")
                        .asInt())
                .isEqualTo(30);
        assertThat(Called.with("eval", run, "--data", "iris").out())
                .contains("precision", "class \\ found", "versicolor");
    }

    @Test
    void modelsSayWhatTheyTake() {
        JsonNode models = Called.with("models", "--json").json().get("models");
        JsonNode resnet = java.util.stream.StreamSupport.stream(models.spliterator(), false)
                .filter(m -> m.get("name").asString().equals("resnet50"))
                .findFirst()
                .orElseThrow();
        assertThat(resnet.propertyNames())
                .containsExactly("name", "description", "input", "reference", "classes", "parameters");
        // As PyTorch's torchvision counts it.
        assertThat(resnet.get("parameters").asLong()).isEqualTo(25_557_032);
        assertThat(Called.with("models").out()).contains("lenet", "char-lstm", "a character at a time");
    }

    @Test
    void completionIsAScript() {
        Called bash = Called.with("completion", "bash");
        assertThat(bash.code()).isZero();
        assertThat(bash.out()).contains("complete -F", "--checkpoint-steps", "adamw");
        assertThat(Called.with("completion", "fish").err())
                .isEqualTo(
                        "adjoint completion: no completion for 'fish'; there are bash, zsh" + System.lineSeparator());
        assertThat(Called.with("completion", "--help").out()).contains("~/.bashrc", "~/.zshrc");
    }
}

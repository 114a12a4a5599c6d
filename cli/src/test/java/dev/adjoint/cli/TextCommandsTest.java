package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Trains small models on a text that repeats itself, and lets them write.
final class TextCommandsTest {
    private static final String LINE = "the cat sat on the mat.\n";

    @TempDir
    private Path folder;

    private String text;
    private String run;

    @BeforeEach
    void write() throws Exception {
        text = "text:" + Files.writeString(folder.resolve("cat.txt"), LINE.repeat(150));
        run = folder.resolve("run").toString();
    }

    private Called train(String model, String... more) {
        String[] args = {"train", "--model", model, "--data", text, "--out", run, "--batch", "8", "--json"};
        String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return Called.with(all);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt,layers=1,heads=2,width=32,context=24",
                "char-lstm,width=32,context=24",
                "char-gru,width=32,context=24"
            })
    void aModelLearnsTheLineAndWritesItOn(String model) {
        Called trained = train(model, "--lr", "1e-2", "--epochs", "12");
        assertThat(trained.err()).startsWith("epoch 1/12");
        JsonNode json = trained.json();
        assertThat(json.get("test_loss").asDouble()).isLessThan(0.5);
        assertThat(json.get("test_accuracy").asDouble()).isGreaterThan(0.8);

        // Longer than the context of the transformer.
        Called written = Called.with("generate", run, "--prompt", "the cat", "--length", "60", "--temperature", "0");
        assertThat(written.err()).isEmpty();
        assertThat(written.out()).startsWith("the cat sat on the mat.\n").hasSize(7 + 60 + 1);

        JsonNode eval =
                Called.with("eval", run, "--data", text, "--held-out", "--json").json();
        assertThat(eval.propertyNames())
                .containsExactly("examples", "loss", "accuracy", "top_k", "top_k_accuracy", "perplexity");
        assertThat(eval.get("loss").asDouble())
                .isCloseTo(json.get("test_loss").asDouble(), org.assertj.core.data.Offset.offset(1e-5));
    }

    @Test
    void chanceBelongsToTheSeedAndJsonIsOneObject() {
        train("char-rnn,width=16,context=12", "--epochs", "1");
        String[] one = {"generate", run, "--length", "40", "--temperature", "2", "--json", "--seed", "3"};
        JsonNode json = Called.with(one).json();
        assertThat(json.propertyNames()).containsExactly("prompt", "text");
        assertThat(json.get("text").asString()).hasSize(40);
        assertThat(Called.with(one)).isEqualTo(Called.with(one));
        one[one.length - 1] = "4";
        assertThat(Called.with(one).json()).isNotEqualTo(json);
    }

    @Test
    void whatDoesNotFitIsSaid() {
        train("char-rnn,width=16,context=12", "--epochs", "1");
        assertThat(Called.with("generate", run, "--prompt", "Zebra").err())
                .isEqualTo("adjoint generate: the character 'Z' at position 0 is none of the 12 that are known"
                        + System.lineSeparator());
        assertThat(Called.with("generate", run, "--top-k", "99").err()).contains("must lie between 1 and the 12");
        assertThat(Called.with("generate", run, "--length", "0").code()).isEqualTo(2);
        assertThat(Called.with("predict", run, "--data", "iris").err()).contains("holds a model of text");
        assertThat(Called.with("eval", run, "--data", "iris").err()).contains("the model takes text");
        assertThat(Called.with("train", "--model", "mlp", "--data", text).err())
                .contains("takes labelled examples, and " + text + " is text; models of text are gpt, char-lstm");
        assertThat(Called.with(
                                "train",
                                "--model",
                                "gpt,layer=2",
                                "--data",
                                text,
                                "--out",
                                folder.resolve("x").toString())
                        .err())
                .contains("no setting of gpt is called 'layer'; did you mean 'layers'?");
        assertThat(Called.with("train", "--data", text, "--folds", "3").err()).contains("--folds parts labelled");
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void summaryCountsTheWeightsOfAModelOfText() {
        JsonNode json = Called.with(
                        "summary", "gpt,layers=1,heads=1,width=8,context=4", "--data", text, "--batch", "2", "--json")
                .json();
        // Vectors of 12 characters and 4 positions; a block of 12 w² + 13 w; the last normalisation.
        assertThat(json.get("parameters").asLong()).isEqualTo(12 * 8 + 4 * 8 + 12 * 64 + 13 * 8 + 2 * 8);
    }
}

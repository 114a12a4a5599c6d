package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Trains on tables in files: what is ripe is red and heavy or blue.
final class TableCommandsTest {
    @TempDir
    private Path folder;

    private Path table;

    @BeforeEach
    void writeTable() throws Exception {
        List<String> lines = new ArrayList<>(List.of("weight,colour,state"));
        for (int i = 0; i < 20; i++) {
            lines.add((10 + i % 5) + ",red,ripe");
            lines.add((10 + i % 5) + ",green,raw");
            lines.add((i % 3 == 0 ? "" : "12") + ",blue,ripe");
        }
        table = Files.write(folder.resolve("fruit.csv"), lines);
    }

    private String run() {
        return folder.resolve("run").toString();
    }

    private Called train(String... more) {
        List<String> args = new ArrayList<>(List.of("train", "--data", "csv:" + table, "--out", run()));
        args.addAll(List.of(more));
        return Called.with(args.toArray(String[]::new));
    }

    private Called predict(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("new.csv"), text);
        return Called.with("predict", run(), "--data", "csv:" + file, "--json");
    }

    @Test
    void anotherTableIsReadWithTheCategoriesOfTheFirst() throws Exception {
        assertThat(train("--epochs", "30").code()).isZero();
        JsonNode found = predict("state,colour,weight,state\nx,green,11,raw\nx,blue,?,ripe\n")
                .json()
                .get("predictions");
        assertThat(found.get(0).get("class").asString()).isEqualTo("raw");
        assertThat(found.get(1).get("class").asString()).isEqualTo("ripe");
        Called one = predict("weight,colour,state\n11,red,ripe\n");
        assertThat(one.json().get("accuracy").asDouble()).isEqualTo(1);
        Called unknown = predict("weight,colour,state\n11,red,ripe\n11,violet,ripe\n");
        assertThat(unknown)
                .isEqualTo(new Called(
                        1,
                        "",
                        "adjoint predict: " + folder.resolve("new.csv")
                                + ": line 3, column 2 (colour): the category 'violet' is not known here; known are blue,"
                                + " green, red\n"));
        assertThat(Called.with("eval", run(), "--data", "csv:" + table, "--held-out", "--json")
                        .json()
                        .get("examples")
                        .asInt())
                .isEqualTo(12);
    }

    @Test
    void whatIsHeldOutIsChosen() throws Exception {
        assertThat(train("--epochs", "1", "--test", "last:7").code()).isZero();
        assertThat(Files.readString(folder.resolve("run/run.json")))
                .contains("\"training_examples\":53,\"test_examples\":7");
        assertThat(Called.with("eval", run(), "--data", "csv:" + table, "--held-out", "--json")
                        .json()
                        .get("examples")
                        .asInt())
                .isEqualTo(7);
        assertThat(train("--force", "--test", "0.5", "--epochs", "1").code()).isZero();
        assertThat(Files.readString(folder.resolve("run/run.json"))).contains("\"test_examples\":30");
        assertThat(train("--test", "last:60", "--force").err())
                .isEqualTo("adjoint train: --test last:60 leaves nothing of the 60 examples of fruit to learn from\n");
        assertThat(train("--test", "all").err())
                .isEqualTo(
                        "adjoint train: --test must be a share such as 0.2, or the last examples as in last:1500, not"
                                + " 'all'\n");
        assertThat(train("--test", "0.5", "--folds", "3").err())
                .isEqualTo("adjoint train: --folds and --test both say what is held out; give one of them\n");
    }

    @Test
    void ratesAreTriedAndDrawn() throws Exception {
        Path picture = folder.resolve("rates.svg");
        Called called = Called.with("find-rate", "--data", "csv:" + table, "--picture", picture.toString(), "--json");
        assertThat(called.code()).isZero();
        JsonNode json = called.json();
        assertThat(json.get("model").asString()).isEqualTo("mlp");
        assertThat(json.get("bearable").asDouble()).isBetween(1e-4, 1.0);
        assertThat(json.get("points").get(0).get("rate").asDouble()).isEqualTo(1e-6);
        assertThat(picture).content().contains("Loss while the learning rate grows");
        assertThat(Called.with("find-rate", "--data", "csv:" + table, "--picture", folder + "/no/rates.svg")
                        .err())
                .isEqualTo("adjoint find-rate: " + folder + "/no/rates.svg: there is no folder " + folder + "/no\n");
    }

    @Test
    void aTableWithoutLabelsIsPredicted() throws Exception {
        assertThat(train("--epochs", "30").code()).isZero();
        JsonNode json = predict("colour,weight\ngreen,11\nblue,?\n").json();
        assertThat(json.get("accuracy").isNull()).isTrue();
        assertThat(json.get("predictions").get(0).get("class").asString()).isEqualTo("raw");
        assertThat(json.get("predictions").get(1).get("class").asString()).isEqualTo("ripe");
        assertThat(json.get("predictions").get(1).get("label").isNull()).isTrue();
        Path file = folder.resolve("new.csv");
        Called table = Called.with("predict", run(), "--data", "csv:" + file);
        assertThat(table.err()).isEqualTo("2 examples without labels\n");
        assertThat(table.out()).contains("probability").doesNotContain("label");
        assertThat(Called.with("eval", run(), "--data", "csv:" + file))
                .isEqualTo(new Called(
                        1, "", "adjoint eval: " + file + ": has no labels: its last column, 'weight', is a feature\n"));
    }
}

package dev.adjoint.train.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.train.CrossValidation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SearchTest {
    private static final Space GRID = Space.empty()
            .with("a", new Choice.OneOf(List.of("1", "2", "3")))
            .with("b", new Choice.OneOf(List.of("x", "y")));

    @Test
    void aGridIsEveryCombination() {
        assertThat(GRID.grid())
                .containsExactly(
                        Map.of("a", "1", "b", "x"),
                        Map.of("a", "1", "b", "y"),
                        Map.of("a", "2", "b", "x"),
                        Map.of("a", "2", "b", "y"),
                        Map.of("a", "3", "b", "x"),
                        Map.of("a", "3", "b", "y"));
        assertThatThrownBy(() -> GRID.with("lr", new Choice.Uniform(0, 1)).grid())
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a grid needs lists, but 'lr' is a range; list its values or search at random");
    }

    @Test
    void randomSettingsAreThoseOfTheKeyAndFillTheirRanges() {
        Space space = GRID.with("lr", new Choice.LogUniform(1e-4, 1)).with("n", new Choice.Whole(2, 4));
        List<Map<String, String>> drawn = space.random(400, Key.of(7));
        assertThat(space.random(400, Key.of(7))).isEqualTo(drawn);
        assertThat(space.random(400, Key.of(8))).isNotEqualTo(drawn);
        assertThat(drawn.stream().map(s -> s.get("a")).distinct()).containsExactlyInAnyOrder("1", "2", "3");
        assertThat(drawn.stream().map(s -> s.get("n")).distinct()).containsExactlyInAnyOrder("2", "3", "4");
        double mean = drawn.stream()
                .mapToDouble(s -> Math.log10(Double.parseDouble(s.get("lr"))))
                .average()
                .orElseThrow();
        // The logarithm is uniform on [−4, 0]: mean −2, standard error 4/√(12·400) = 0.06.
        assertThat(mean).isCloseTo(-2, within(0.25));
    }

    @Test
    void theTableIsSortedAndFailuresStandLast() {
        Trials trials = Search.run(GRID.grid(), 5, (settings, budget) -> {
            if (settings.get("b").equals("y") && settings.get("a").equals("1")) {
                throw new AdjointException("no, \"never\"");
            }
            return Math.abs(Double.parseDouble(settings.get("a")) - 2)
                    + (settings.get("b").equals("x") ? 0.1 : 0);
        });
        assertThat(trials.best().settings()).isEqualTo(Map.of("a", "2", "b", "y"));
        assertThat(trials.list().getLast().failure()).isEqualTo("no, \"never\"");
        assertThat(trials.csv().lines())
                .hasSize(7)
                .startsWith("a,b,budget,cost,failure", "2,y,5,0.0,", "2,x,5,0.1,")
                .endsWith("1,y,5,NaN,\"no, \"\"never\"\"\"");
        assertThat(trials.text().lines()).hasSize(6).first().isEqualTo("0.00000     a=2  b=y");
    }

    @Test
    void halvingSpendsMoreOnFewer() {
        List<Map<String, String>> settings = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            settings.add(Map.of("i", Integer.toString(i)));
        }
        List<String> calls = new ArrayList<>();
        // With little budget 4 seems best, with more 3 is.
        Trials trials = new SuccessiveHalving(1, 3).run(settings, (one, budget) -> {
            int i = Integer.parseInt(one.get("i"));
            calls.add(i + "/" + budget);
            return Math.abs(i - (budget == 1 ? 4 : 3));
        });
        assertThat(calls).hasSize(9 + 3 + 1).endsWith("3/9");
        assertThat(calls.subList(9, 12)).containsExactlyInAnyOrder("4/3", "3/3", "5/3");
        assertThat(trials.best()).isEqualTo(new Trials.Trial(Map.of("i", "3"), 9, 0, ""));
        assertThat(trials.list()).hasSize(13);
    }

    @Test
    void crossValidationSaysMeanAndDeviation() {
        CrossValidation scores = CrossValidation.run(List.of(1.0, 2.0, 6.0), fold -> Map.of("loss", fold));
        assertThat(scores.mean("loss")).isEqualTo(3);
        assertThat(scores.deviation("loss")).isCloseTo(Math.sqrt((4 + 1 + 9) / 2.0), within(1e-15));
        assertThat(scores.text()).isEqualTo("loss 3.0000 ± 2.6458");
        assertThatThrownBy(() -> scores.mean("accuracy"))
                .hasMessage("cross-validation has no figure called 'accuracy', only loss");
        assertThatThrownBy(() -> CrossValidation.run(List.of(1.0), fold -> Map.of("loss", fold)))
                .hasMessage("cross-validation needs at least two folds with the same figures, not 1 with 1 kinds of"
                        + " them");
    }

    @Test
    void whatDoesNotFitIsRefused() {
        assertThatThrownBy(() -> new Choice.LogUniform(0, 1))
                .hasMessage("a log-uniform choice needs 0 < low < high, not 0.0 and 1.0");
        assertThatThrownBy(() -> new Choice.Uniform(1, 1))
                .hasMessage("a uniform choice needs low < high, not 1.0 and 1.0");
        assertThatThrownBy(() -> new Choice.Whole(2, 1)).hasMessage("a whole choice needs low ≤ high, not 2.0 and 1.0");
        assertThatThrownBy(() -> new Choice.OneOf(List.of())).hasMessage("a choice needs at least one text");
        assertThatThrownBy(() -> new SuccessiveHalving(1, 1))
                .hasMessage("successive halving begins with a budget of at least 1 and keeps at most a half, not 1 and"
                        + " 1/1");
        assertThatThrownBy(() -> new SuccessiveHalving(1, 2).run(List.of(), (s, b) -> 0))
                .hasMessage("successive halving needs at least one setting");
    }
}

package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.tensor.Consumed;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DonationTest {
    /// A state and what it is changed by.
    public record Argument(Tensor weight, Tensor mean, Tensor gradient) {}

    public record State(Tensor weight, Tensor mean) {}

    private static State momentum(Argument a) {
        Tensor mean = a.mean.mul(0.5).add(a.gradient);
        return new State(a.weight.sub(mean.mul(0.1)), mean);
    }

    private static State state(Argument a) {
        return new State(a.weight, a.mean);
    }

    private static Argument argument() {
        return new Argument(Array.of(1f, 2f, 3f), Array.of(4f, 5f, 6f), Array.of(7f, 8f, 9f));
    }

    @SuppressWarnings("ReferenceEquality") // the question is which memory it is
    private static boolean isMemoryOf(Object memory, Tensor tensor) {
        return tensor.elements().array() == memory;
    }

    @Test
    void resultsStandInTheMemoryOfTheDonatedState() {
        Argument given = argument();
        List<Object> before =
                List.of(given.weight.elements().array(), given.mean.elements().array());
        State next = Compiled.of(DonationTest::momentum)
                .donating(DonationTest::state)
                .apply(given);
        assertThat(before.stream().filter(memory -> isMemoryOf(memory, next.weight)))
                .hasSize(1);
        assertThat(before.stream().filter(memory -> isMemoryOf(memory, next.mean)))
                .hasSize(1);
        State kept = Compiled.of(DonationTest::momentum).apply(argument());
        assertThat(next).isEqualTo(kept);
        assertThat(given.gradient).isEqualTo(Array.of(7f, 8f, 9f));
    }

    @Test
    void whatWasDonatedSaysWhereItWent() {
        Argument given = argument();
        Compiled.of(DonationTest::momentum).donating(DonationTest::state).apply(given);
        assertThatThrownBy(() -> given.weight.add(1))
                .isInstanceOf(Consumed.class)
                .hasMessage("'weight: f32[3]' was donated to a compiled function and its memory holds a result by now;"
                        + " use the result, or a copy made before the call");
    }

    @Test
    void aCopyStays() {
        Argument given = argument();
        Array copy = Array.copy(given.weight);
        Compiled.of(DonationTest::momentum).donating(DonationTest::state).apply(given);
        assertThat(copy).isEqualTo(Array.of(1f, 2f, 3f));
    }

    /// Read across, an element is needed after another has been written.
    @Test
    void memoryThatIsStillReadIsNotWritten() {
        Tensor x = Array.of(1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f).reshape(2, 2, 2);
        Object memory = x.elements().array();
        Tensor y = Compiled.of((Tensor w) -> w.add(w.permute(1, 0, 2)))
                .donating(w -> w)
                .apply(x);
        assertThat(y.reshape(8)).isEqualTo(Array.of(2f, 4f, 8f, 10f, 8f, 10f, 14f, 16f));
        assertThat(isMemoryOf(memory, y)).isFalse();
    }

    /// The gradient is the weight itself: its memory is given for an argument that stays.
    @Test
    void memoryThatIsAlsoGivenToStayIsNotTaken() {
        Tensor w = Array.of(1f, 2f, 3f);
        Argument given = new Argument(w, Array.of(0f, 0f, 0f), w);
        State next = Compiled.of(DonationTest::momentum)
                .donating(DonationTest::state)
                .apply(given);
        assertThat(w).isEqualTo(Array.of(1f, 2f, 3f));
        assertThat(next.mean).isEqualTo(Array.of(1f, 2f, 3f));
    }

    /// One array in two donated places: both results are right.
    @Test
    void memoryThatIsDonatedTwiceServesNeither() {
        Tensor w = Array.of(1f, 2f, 3f);
        State next = Compiled.of(DonationTest::momentum)
                .donating(DonationTest::state)
                .apply(new Argument(w, w, Array.of(0f, 0f, 0f)));
        assertThat(next.mean).isEqualTo(Array.of(0.5f, 1f, 1.5f));
        assertThat(next.weight).isEqualTo(Array.of(1f - 0.05f, 2f - 0.1f, 3f - 0.15f));
    }

    @Test
    void whatPassesThroughBelongsToTheResult() {
        Tensor x = Array.of(1f, 2f);
        Tensor y = Compiled.of((Tensor w) -> w).donating(w -> w).apply(x);
        assertThat(y).isEqualTo(Array.of(1f, 2f));
        assertThatThrownBy(() -> x.add(1)).isInstanceOf(Consumed.class);
    }
}

package shop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Consumed;
import dev.adjoint.tensor.Tensor;
import org.junit.jupiter.api.Test;

/// A program of a user: what was donated says to whom.
class DonatedTest {
    @Test
    void theMessageNamesTheValueAndTheLineThatTookIt() {
        Compiled<Tensor, Tensor> step = Compiled.of((Tensor w) -> w.mul(2)).donating(w -> w);
        Tensor w = Array.of(1f, 2f, 3f);
        step.apply(w);
        assertThatThrownBy(() -> w.add(1))
                .isInstanceOf(Consumed.class)
                .hasMessage(
                        "'x: f32[3]' was donated to a compiled function, called at DonatedTest.java:17, and its memory"
                                + " holds a result by now; use the result, or a copy made before the call (DonatedTest.java:18)");
    }
}

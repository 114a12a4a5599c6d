package dev.adjoint.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.tensor.InvalidArgument;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkersTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000})
    void everyPartRunsOnce(int parts) {
        for (int threads : new int[] {1, PROCESSORS}) {
            AtomicIntegerArray runs = new AtomicIntegerArray(parts);
            Workers.of(threads).run(parts, runs::incrementAndGet);
            for (int i = 0; i < parts; i++) {
                assertThat(runs.get(i)).isOne();
            }
        }
    }

    @Test
    void partsMayHavePartsThemselves() {
        AtomicIntegerArray runs = new AtomicIntegerArray(100);
        Workers all = Workers.all();
        all.run(10, i -> all.run(10, j -> runs.incrementAndGet(10 * i + j)));
        for (int i = 0; i < 100; i++) {
            assertThat(runs.get(i)).isOne();
        }
    }

    @Test
    void theExceptionOfAPartComesOut() {
        for (int threads : new int[] {1, PROCESSORS}) {
            assertThatThrownBy(() -> Workers.of(threads).run(5, i -> {
                        if (i == 3) {
                            throw new InvalidArgument("part 3");
                        }
                    }))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessage("part 3");
        }
    }

    @Test
    void refusesNumbersThatTheMachineDoesNotHave() {
        for (int threads : new int[] {0, -1, PROCESSORS + 1}) {
            assertThatThrownBy(() -> Workers.of(threads))
                    .isInstanceOf(InvalidArgument.class)
                    .hasMessage("threads must lie between 1 and " + PROCESSORS + ", the number of processors, not at "
                            + threads);
        }
    }

    @Test
    void aRunGivesBackAnInterrupt() {
        Thread.currentThread().interrupt();
        Workers.all().run(50, _ -> Thread.onSpinWait());
        assertThat(Thread.interrupted()).isTrue();
    }
}

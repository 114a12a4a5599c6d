package dev.adjoint.data.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.Digits;
import dev.adjoint.data.Examples;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.data.transform.RandomErasing;
import dev.adjoint.data.transform.RandomRotation;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LoaderTest {
    private static final Key KEY = Key.of(5);
    private static final Dataset DIGITS = Digits.load();

    private static List<Batch> all(Iterable<Batch> epoch) {
        List<Batch> batches = new ArrayList<>();
        epoch.forEach(batches::add);
        return batches;
    }

    private static void assertSame(List<Batch> actual, List<Batch> expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.size(); i++) {
            assertThat(Array.of(actual.get(i).features()))
                    .isEqualTo(Array.of(expected.get(i).features()));
            assertThat(Array.of(actual.get(i).labels()))
                    .isEqualTo(Array.of(expected.get(i).labels()));
        }
    }

    @Test
    void withoutAChangeItGivesTheBatchesOfTheDataSet() {
        Loader loader = Loader.of(DIGITS, 50);
        assertSame(all(loader.epoch(KEY)), DIGITS.batches(50, KEY));
        assertThat(loader.count()).isEqualTo(36);
        assertThat(all(loader.epoch(KEY)).getLast().size()).isEqualTo(1797 - 35 * 50);
    }

    @Test
    void theNumberOfWorkersChangesNothing() {
        Loader loader = Loader.of(DIGITS, 64).images(new RandomRotation(20)).images(new RandomErasing(0.5, 0.1, 0.3));
        List<Batch> alone = all(loader.workers(1).ahead(1).epoch(KEY));
        assertSame(all(loader.workers(7).ahead(20).epoch(KEY)), alone);
        assertSame(all(loader.workers(3).ahead(2).epoch(KEY)), alone);
        assertThat(Array.of(all(loader.epoch(Key.of(6))).getFirst().features()))
                .isNotEqualTo(Array.of(alone.getFirst().features()));
        assertSame(all(loader.epoch(KEY, 20)), alone.subList(20, alone.size()));
        assertThat(all(loader.epoch(KEY, loader.count()))).isEmpty();
    }

    /// What is changed belongs to the place in the epoch, not to the batch.
    @Test
    void theBatchSizeChangesNoExample() {
        Loader few = Loader.of(DIGITS, 10).images(new RandomRotation(20));
        Loader many = Loader.of(DIGITS, 1797).images(new RandomRotation(20));
        float[] whole = Array.of(many.epoch(KEY).iterator().next().features()).toFloats();
        float[] third = Array.of(all(few.epoch(KEY)).get(2).features()).toFloats();
        assertThat(third).containsExactly(java.util.Arrays.copyOfRange(whole, 20 * 64, 30 * 64));
    }

    /// Examples that count how many batches are made at once and in all.
    private static final class Counted implements Examples {
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final AtomicInteger made = new AtomicInteger();

        @Override
        public int size() {
            return 100;
        }

        @Override
        public Batch batch(int... rows) {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                now.decrementAndGet();
            }
            made.incrementAndGet();
            return DIGITS.batch(rows);
        }
    }

    @Test
    void memoryAndWorkersAreBounded() throws InterruptedException {
        Counted counted = new Counted();
        Iterator<Batch> epoch =
                Loader.of(counted, 1).workers(3).ahead(5).epoch(KEY).iterator();
        epoch.next();
        Thread.sleep(100);
        // One used, five ahead; nobody asks for more.
        assertThat(counted.made.get()).isEqualTo(6);
        while (epoch.hasNext()) {
            epoch.next();
        }
        assertThat(counted.made.get()).isEqualTo(100);
        assertThat(counted.most.get()).isBetween(2, 3);
        assertThatThrownBy(epoch::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("the epoch has no more batches");
    }

    @Test
    void aFailureComesOutWhereItsBatchIsAskedFor() {
        Examples broken = new Examples() {
            @Override
            public int size() {
                return 3;
            }

            @Override
            public Batch batch(int... rows) {
                if (rows[0] == 1) {
                    throw new UnreadableData("b.png: is damaged");
                }
                return DIGITS.batch(rows);
            }
        };
        assertThatThrownBy(() -> all(Loader.of(broken, 1).epoch(KEY)))
                .isInstanceOf(UnreadableData.class)
                .hasMessage("b.png: is damaged");
    }

    @Test
    void saysWhatIsWrong() {
        Loader loader = Loader.of(DIGITS, 1797);
        assertInvalid(() -> Loader.of(DIGITS, 0), "the batch size must be at least 1, not 0");
        assertInvalid(() -> loader.workers(0), "the number of workers must be at least 1, not 0");
        assertInvalid(() -> loader.ahead(0), "the number of batches ahead must be at least 1, not 0");
        assertInvalid(() -> loader.epoch(KEY, 2), "an epoch of 1 batches cannot start at batch 2");
    }

    private static void assertInvalid(Runnable call, String message) {
        assertThatThrownBy(call::run).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }
}

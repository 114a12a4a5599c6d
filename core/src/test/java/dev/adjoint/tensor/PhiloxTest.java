package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PhiloxTest {
    private static final int DRAWS = 20_000;

    private static int[] words(long key, long low, long high) {
        int[] out = new int[4];
        Philox.words(key, low, high, out);
        return out;
    }

    /// The vectors for philox4x32-10 in the file kat_vectors of Random123 1.14 (D. E. Shaw Research).
    @Test
    void agreesWithThePublishedVectors() {
        assertThat(words(0, 0, 0)).containsExactly(0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8);
        assertThat(words(-1, -1, -1)).containsExactly(0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd);
        // Words in memory order: counter 243f6a88 85a308d3 13198a2e 03707344, key a4093822 299f31d0.
        assertThat(words(0x299f31d0a4093822L, 0x85a308d3243f6a88L, 0x0370734413198a2eL))
                .containsExactly(0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1);
    }

    @Test
    void uniformNumbersAreUniform() {
        Key key = Key.of(5);
        double sum = 0;
        double squares = 0;
        int[] bins = new int[10];
        for (int i = 0; i < DRAWS; i++) {
            double u = key.uniform(i);
            assertThat(u).isGreaterThanOrEqualTo(0).isLessThan(1);
            sum += u;
            squares += u * u;
            bins[(int) (u * 10)]++;
        }
        // Five standard errors: √(1/12/n) for the mean, √(4/45/n) for the mean square.
        assertThat(sum / DRAWS).isCloseTo(0.5, within(5 * Math.sqrt(1 / 12.0 / DRAWS)));
        assertThat(squares / DRAWS).isCloseTo(1 / 3.0, within(5 * Math.sqrt(4 / 45.0 / DRAWS)));
        double chiSquare = 0;
        for (int bin : bins) {
            chiSquare += (bin - DRAWS / 10.0) * (bin - DRAWS / 10.0) / (DRAWS / 10.0);
        }
        assertThat(chiSquare).isLessThan(33.7); // exceeded once in 10,000 by nine degrees of freedom
    }

    @Test
    void normalNumbersAreNormal() {
        Key key = Key.of(6);
        double[] moments = new double[5];
        int beyond = 0;
        for (int i = 0; i < DRAWS; i++) {
            double z = key.normal(i);
            for (int power = 1; power < moments.length; power++) {
                moments[power] += Math.pow(z, power) / DRAWS;
            }
            beyond += Math.abs(z) > 1.959963985 ? 1 : 0;
        }
        double n = DRAWS;
        assertThat(moments[1]).isCloseTo(0, within(5 / Math.sqrt(n)));
        assertThat(moments[2]).isCloseTo(1, within(5 * Math.sqrt(2 / n)));
        assertThat(moments[3]).isCloseTo(0, within(5 * Math.sqrt(15 / n)));
        assertThat(moments[4]).isCloseTo(3, within(5 * Math.sqrt(96 / n)));
        assertThat(beyond / n).isCloseTo(0.05, within(5 * Math.sqrt(0.05 * 0.95 / n)));
    }

    @Test
    void keysOfOneParentAreUnrelated() {
        Key parent = Key.of(7);
        Set<Long> bits = new HashSet<>();
        for (Key child : parent.split(1000)) {
            bits.add(child.bits());
            bits.add(child.fold(0).bits());
        }
        assertThat(bits).hasSize(2000).doesNotContain(parent.bits());
        double correlation = 0;
        List<Key> two = parent.split(2);
        for (int i = 0; i < DRAWS; i++) {
            correlation += two.get(0).normal(i) * two.get(1).normal(i) / DRAWS;
        }
        assertThat(correlation).isCloseTo(0, within(5 / Math.sqrt(DRAWS)));
    }

    @Test
    void permutationsAreFair() {
        int[] first = new int[5];
        for (int seed = 0; seed < 5000; seed++) {
            int[] order = Key.of(seed).permutation(5);
            assertThat(order).containsExactlyInAnyOrder(0, 1, 2, 3, 4);
            first[order[0]]++;
        }
        for (int count : first) {
            assertThat(count).isCloseTo(1000, within(5 * 29)); // √(5000·0.2·0.8) ≈ 28.3
        }
        assertThat(Key.of(1).permutation(100)).isEqualTo(Key.of(1).permutation(100));
        assertThat(Key.of(1).permutation(0)).isEmpty();
    }
}

package dev.adjoint.data;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/// Classes that nobody named: the numbers 0 to the largest label. A few of them may have no example, as in a small part of a
/// larger set, but one label far beyond all others is a mistake rather than a class.
public final class NumberedClasses {
    /// So many classes without examples below the largest label are always believed.
    private static final int FEW = 2;

    private NumberedClasses() {}

    /// A label that lies too far beyond the others to be a class.
    ///
    /// @param example the first that has it, from 0
    /// @param label the largest of all
    /// @param others the other labels, as in `0 … 9`
    public record Stray(int example, long label, String others) {
        /// What is wrong with it, without the place.
        public String reason() {
            return "lies beyond the classes " + others
                    + " that occur; correct it, or give the classes numbers without gaps from 0 on";
        }
    }

    /// The names of so many classes, which are their numbers.
    public static List<String> names(int classes) {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }

    /// The largest label, if it is no class: fewer than half of the numbers below it occur, or the gap below it is wider than
    /// two numbers and than a quarter of the other classes. A label alone is always a class.
    ///
    /// @param labels none of them negative, at least one
    public static Optional<Stray> stray(long... labels) {
        long[] different = Arrays.stream(labels).distinct().sorted().toArray();
        int others = different.length - 1;
        if (others == 0) {
            return Optional.empty();
        }
        long largest = different[others];
        long gap = largest - different[others - 1] - 1;
        if (2L * others >= largest && gap <= Math.max(FEW, others / 4)) {
            return Optional.empty();
        }
        int example = IntStream.range(0, labels.length)
                .filter(row -> labels[row] == largest)
                .findFirst()
                .orElseThrow();
        return Optional.of(new Stray(example, largest, ranges(Arrays.copyOf(different, others))));
    }

    /// Rising numbers with their runs shortened, as in `0 … 4, 7, 9`.
    private static String ranges(long... rising) {
        return IntStream.range(0, rising.length)
                .filter(i -> i == 0 || rising[i] > rising[i - 1] + 1)
                .mapToObj(start -> range(rising, start))
                .collect(Collectors.joining(", "));
    }

    private static String range(long[] rising, int start) {
        long length = LongStream.range(0, rising.length - start)
                .takeWhile(i -> rising[start + (int) i] == rising[start] + i)
                .count();
        return length == 1 ? Long.toString(rising[start]) : rising[start] + " … " + (rising[start] + length - 1);
    }
}

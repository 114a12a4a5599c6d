package dev.adjoint.data.table;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/// A column of a table: one cell for each example, any of which may be missing.
public sealed interface Column {
    /// The title, or `column 3` where the table has no header.
    String name();

    /// The number of cells.
    int size();

    /// The number of cells that are missing.
    int missing();

    /// The cells of the given rows.
    Column select(int... rows);

    /// A column of numbers.
    final class Numeric implements Column {
        private final String name;
        private final float[] numbers;

        /// @param numbers NaN where the cell is missing
        Numeric(String name, float[] numbers) {
            this.name = name;
            this.numbers = numbers;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return numbers.length;
        }

        /// The number of a row, empty if it is missing.
        public OptionalDouble number(int row) {
            return Float.isNaN(numbers[row]) ? OptionalDouble.empty() : OptionalDouble.of(numbers[row]);
        }

        /// NaN where the cell is missing.
        float raw(int row) {
            return numbers[row];
        }

        @Override
        public int missing() {
            return (int) IntStream.range(0, numbers.length)
                    .filter(row -> Float.isNaN(numbers[row]))
                    .count();
        }

        @Override
        public Numeric select(int... rows) {
            float[] selected = new float[rows.length];
            for (int i = 0; i < rows.length; i++) {
                selected[i] = numbers[rows[i]];
            }
            return new Numeric(name, selected);
        }
    }

    /// A column of texts of which only equality counts.
    final class Categorical implements Column {
        private final String name;
        private final List<String> categories;
        private final int[] codes;

        /// @param categories the different texts in alphabetical order
        /// @param codes indices into the categories, −1 where the cell is missing
        Categorical(String name, List<String> categories, int[] codes) {
            this.name = name;
            this.categories = List.copyOf(categories);
            this.codes = codes;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int size() {
            return codes.length;
        }

        /// The different texts of the file in alphabetical order.
        public List<String> categories() {
            return categories;
        }

        /// The text of a row, empty if it is missing.
        public Optional<String> category(int row) {
            return codes[row] < 0 ? Optional.empty() : Optional.of(categories.get(codes[row]));
        }

        /// How often each category occurs.
        public int[] counts() {
            int[] counts = new int[categories.size()];
            for (int code : codes) {
                if (code >= 0) {
                    counts[code]++;
                }
            }
            return counts;
        }

        @Override
        public int missing() {
            return (int) Arrays.stream(codes).filter(code -> code < 0).count();
        }

        @Override
        public Categorical select(int... rows) {
            return new Categorical(
                    name, categories, Arrays.stream(rows).map(row -> codes[row]).toArray());
        }
    }
}

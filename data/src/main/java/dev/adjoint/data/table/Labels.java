package dev.adjoint.data.table;

import dev.adjoint.data.NumberedClasses;
import dev.adjoint.data.UnreadableData;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/// The labels of a table: integers from 0 as they stand, or texts, which become indices in alphabetical order.
final class Labels {
    /// The largest number of classes that have no names; beyond it a label is rather a mistake.
    private static final int UNNAMED_CLASSES = 65_536;

    private final List<String> classNames;
    private final long[] labels;

    Labels(List<String> classNames, long[] labels) {
        this.classNames = List.copyOf(classNames);
        this.labels = labels;
    }

    /// @param classNames what the integers are indices of; empty if the table does not say
    static Labels of(Cells cells, int column, List<String> classNames) {
        for (int row = 0; row < cells.rows(); row++) {
            if (cells.text(row, column).isEmpty()) {
                throw cells.bad(row, column, "the label is missing");
            }
        }
        if (!classNames.isEmpty()) {
            return new Labels(classNames, numbers(cells, column, classNames.size()));
        }
        return cells.isMostlyNumbers(column) ? numbered(cells, column) : named(cells, column);
    }

    /// @throws UnreadableData if a label is none of the classes
    void requireKnown(List<String> known, BiFunction<Integer, String, UnreadableData> bad) {
        for (int row = 0; row < labels.length; row++) {
            String label = classNames.get((int) labels[row]);
            if (!known.contains(label)) {
                throw bad.apply(
                        row,
                        "the label " + Cells.quoted(label) + " is not known here; known are " + Cells.listed(known));
            }
        }
    }

    /// @throws UnreadableData if a label is too far beyond the others to be a class that nobody named
    void requireNoStray(BiFunction<Integer, String, UnreadableData> bad) {
        NumberedClasses.stray(labels).ifPresent(stray -> {
            throw bad.apply(stray.example(), "the label " + stray.label() + " " + stray.reason());
        });
    }

    private static Labels numbered(Cells cells, int column) {
        long[] labels = numbers(cells, column, UNNAMED_CLASSES);
        int largest = (int) Arrays.stream(labels).max().orElseThrow();
        return new Labels(NumberedClasses.names(largest + 1), labels);
    }

    private static long[] numbers(Cells cells, int column, int classes) {
        long[] labels = new long[cells.rows()];
        for (int row = 0; row < labels.length; row++) {
            String text = cells.text(row, column);
            try {
                labels[row] = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw cells.bad(row, column, "the label " + Cells.quoted(text) + " is not an integer");
            }
            if (labels[row] < 0 || labels[row] >= classes) {
                throw cells.bad(
                        row, column, "the label " + labels[row] + " is outside the classes 0 to " + (classes - 1));
            }
        }
        return labels;
    }

    private static Labels named(Cells cells, int column) {
        Column.Categorical texts = cells.categorical(column);
        long[] labels = IntStream.range(0, cells.rows())
                .mapToLong(row -> texts.categories().indexOf(texts.category(row).orElseThrow()))
                .toArray();
        return new Labels(texts.categories(), labels);
    }

    List<String> classNames() {
        return classNames;
    }

    long get(int row) {
        return labels[row];
    }

    int size() {
        return labels.length;
    }

    Labels select(int... rows) {
        return new Labels(
                classNames, Arrays.stream(rows).mapToLong(row -> labels[row]).toArray());
    }
}

package dev.adjoint.data.table;

import java.util.Arrays;
import java.util.List;
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

    static Labels of(Cells cells, int column) {
        for (int row = 0; row < cells.rows(); row++) {
            if (cells.text(row, column).isEmpty()) {
                throw cells.bad(row, column, "the label is missing");
            }
        }
        return cells.isMostlyNumbers(column) ? numbered(cells, column) : named(cells, column);
    }

    private static Labels numbered(Cells cells, int column) {
        long[] labels = new long[cells.rows()];
        for (int row = 0; row < labels.length; row++) {
            String text = cells.text(row, column);
            try {
                labels[row] = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw cells.bad(row, column, "the label " + Cells.quoted(text) + " is not an integer");
            }
            if (labels[row] < 0 || labels[row] >= UNNAMED_CLASSES) {
                throw cells.bad(
                        row,
                        column,
                        "the label " + labels[row] + " is outside the classes 0 to " + (UNNAMED_CLASSES - 1));
            }
        }
        int largest = (int) Arrays.stream(labels).max().orElseThrow();
        return new Labels(
                IntStream.rangeClosed(0, largest).mapToObj(Integer::toString).toList(), labels);
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

package dev.adjoint.data;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Collects the lines of a table as numbers, and knows where each came from.
final class Table {
    /// More of a cell or title than this is no help in a message.
    private static final int SHOWN = 40;

    private final String source;
    private final List<String> columnNames;
    private final int columns;
    private final int labelColumn;
    private float[] features = new float[1024];
    private int cells;
    private long[] labels = new long[64];
    private long[] lines = new long[64];
    private int rows;

    /// @param source what the table is called in messages
    /// @param columnNames empty if the table has no header
    Table(String source, List<String> columnNames, int columns, int labelColumn) {
        this.source = source;
        this.columnNames = columnNames.stream().map(String::strip).toList();
        this.columns = columns;
        this.labelColumn = labelColumn;
    }

    void add(CsvLine line) {
        long number = line.number();
        if (line.cells().size() != columns) {
            throw new UnreadableData(source + ": line " + number + " has "
                    + line.cells().size() + " columns, the lines before it have " + columns);
        }
        makeRoom();
        for (int column = 0; column < columns; column++) {
            String cell = line.cells().get(column).strip();
            if (column == labelColumn) {
                labels[rows] = label(cell, number);
            } else {
                features[cells++] = feature(cell, number, column);
            }
        }
        lines[rows++] = number;
    }

    private void makeRoom() {
        if (features.length - cells < columns) {
            features = Arrays.copyOf(features, Math.max(2 * features.length, cells + columns));
        }
        if (rows == labels.length) {
            labels = Arrays.copyOf(labels, 2 * rows);
            lines = Arrays.copyOf(lines, 2 * rows);
        }
    }

    private float feature(String cell, long line, int column) {
        float value = Numbers.parse(cell);
        if (Float.isNaN(value)) {
            throw bad(line, column, cell.isEmpty() ? "the cell is empty" : quoted(cell) + " is not a number");
        }
        if (Float.isInfinite(value)) {
            throw bad(line, column, quoted(cell) + " is beyond the range of f32");
        }
        return value;
    }

    private long label(String cell, long line) {
        try {
            return Long.parseLong(cell);
        } catch (NumberFormatException e) {
            throw bad(line, labelColumn, "the label " + quoted(cell) + " is not an integer");
        }
    }

    /// The lines so far as a data set.
    ///
    /// @param classNames empty if the classes are 0 to the largest label, which then must lie below `most`
    Dataset dataset(List<String> classNames, int most) {
        if (rows == 0) {
            throw new UnreadableData(source + ": has a header but no examples");
        }
        requireLabelsBelow(classNames.isEmpty() ? most : classNames.size());
        List<String> classes = classNames.isEmpty() ? numbered() : classNames;
        Elements numbers = Elements.wrap(Arrays.copyOf(features, cells));
        Array table = Array.of(TensorType.of(DType.F32, rows, columns - 1), numbers);
        Dataset dataset = Dataset.of(source, table, Array.of(Arrays.copyOf(labels, rows)), classes);
        return columnNames.isEmpty() ? dataset : dataset.withFeatureNames(featureNames());
    }

    private List<String> numbered() {
        NumberedClasses.stray(Arrays.copyOf(labels, rows)).ifPresent(stray -> {
            throw bad(lines[stray.example()], labelColumn, "the label " + stray.label() + " " + stray.reason());
        });
        return NumberedClasses.names((int) Arrays.stream(labels, 0, rows).max().orElseThrow() + 1);
    }

    private void requireLabelsBelow(int classes) {
        for (int row = 0; row < rows; row++) {
            if (labels[row] < 0 || labels[row] >= classes) {
                throw bad(
                        lines[row],
                        labelColumn,
                        "the label " + labels[row] + " is outside the classes 0 to " + (classes - 1));
            }
        }
    }

    private List<String> featureNames() {
        List<String> names = new ArrayList<>(columnNames);
        names.remove(labelColumn);
        return names;
    }

    private UnreadableData bad(long line, int column, String what) {
        String title = columnNames.isEmpty() ? "" : " (" + OneLine.of(columnNames.get(column), SHOWN) + ")";
        return new UnreadableData(source + ": line " + line + ", column " + (column + 1) + title + ": " + what);
    }

    private static String quoted(String cell) {
        return "'" + OneLine.of(cell, SHOWN) + "'";
    }
}

package dev.adjoint.data.table;

import dev.adjoint.data.CsvLine;
import dev.adjoint.data.Numbers;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.tensor.OneLine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The cells of a table as text, each with its place.
final class Cells {
    /// More of a cell or title than this is no help in a message.
    private static final int SHOWN = 40;

    /// A column of more different texts is rather a name of each example than a category.
    private static final int MOST_CATEGORIES = 1000;

    private final String source;
    private final List<String> titles;
    private final List<CsvLine> lines;
    private final Set<String> missing;

    private Cells(String source, List<String> titles, List<CsvLine> lines, Set<String> missing) {
        this.source = source;
        this.titles = titles;
        this.lines = lines;
        this.missing = missing;
    }

    /// @param titles the first line if it is a header, otherwise empty
    /// @param missing what stands in a cell that holds nothing, beside the empty cell
    static Cells of(String source, List<String> titles, Iterator<CsvLine> lines, Set<String> missing) {
        List<CsvLine> list = new ArrayList<>();
        int columns = titles.size();
        while (lines.hasNext()) {
            CsvLine line = lines.next();
            columns = columns == 0 ? line.cells().size() : columns;
            if (line.cells().size() != columns) {
                throw new UnreadableData(source + ": line " + line.number() + " has "
                        + line.cells().size() + " columns, the lines before it have " + columns);
            }
            list.add(line);
        }
        if (list.isEmpty()) {
            throw new UnreadableData(source + ": has a header but no examples");
        }
        return new Cells(source, titles.stream().map(String::strip).toList(), list, Set.copyOf(missing));
    }

    String source() {
        return source;
    }

    int rows() {
        return lines.size();
    }

    int columns() {
        return lines.getFirst().cells().size();
    }

    /// Empty where the table has no header.
    List<String> titles() {
        return titles;
    }

    String title(int column) {
        return titles.isEmpty() ? "column " + (column + 1) : titles.get(column);
    }

    /// The text without the spaces around it; empty if it is missing.
    String text(int row, int column) {
        String text = lines.get(row).cells().get(column).strip();
        return missing.contains(text) ? "" : text;
    }

    /// Whether at least half of the cells that are there are numbers.
    boolean isMostlyNumbers(int column) {
        int present = 0;
        int numbers = 0;
        for (int row = 0; row < rows(); row++) {
            String text = text(row, column);
            present += text.isEmpty() ? 0 : 1;
            numbers += text.isEmpty() || Float.isNaN(Numbers.parse(text)) ? 0 : 1;
        }
        return 2 * numbers >= present;
    }

    Column.Numeric numeric(int column) {
        float[] numbers = new float[rows()];
        for (int row = 0; row < numbers.length; row++) {
            String text = text(row, column);
            numbers[row] = Numbers.parse(text);
            if (!text.isEmpty() && Float.isNaN(numbers[row])) {
                throw bad(row, column, quoted(text) + " is not a number");
            }
            if (Float.isInfinite(numbers[row])) {
                throw bad(row, column, quoted(text) + " is beyond the range of f32");
            }
        }
        return new Column.Numeric(title(column), numbers);
    }

    Column.Categorical categorical(int column) {
        Set<String> different = new TreeSet<>();
        for (int row = 0; row < rows(); row++) {
            different.add(text(row, column));
            if (different.size() > MOST_CATEGORIES) {
                throw bad(
                        row,
                        column,
                        "the column has more than " + MOST_CATEGORIES
                                + " different texts, too many for a category; leave it out");
            }
        }
        different.remove("");
        if (different.isEmpty()) {
            throw bad(0, column, "every cell of this column is missing; leave it out");
        }
        List<String> categories = new ArrayList<>(different);
        String[] sorted = categories.toArray(String[]::new);
        int[] codes = new int[rows()];
        Arrays.setAll(codes, row -> Math.max(-1, Arrays.binarySearch(sorted, text(row, column))));
        return new Column.Categorical(title(column), categories, codes);
    }

    /// The column with categories that are known; any of them may be absent.
    Column.Categorical categorical(int column, List<String> known) {
        int[] codes = new int[rows()];
        for (int row = 0; row < codes.length; row++) {
            String text = text(row, column);
            codes[row] = known.indexOf(text);
            if (codes[row] < 0 && !text.isEmpty()) {
                throw bad(
                        row, column, "the category " + quoted(text) + " is not known here; known are " + listed(known));
            }
        }
        return new Column.Categorical(title(column), known, codes);
    }

    /// Names as a message shows them.
    static String listed(List<String> names) {
        return OneLine.of(String.join(", ", names));
    }

    UnreadableData bad(int row, int column, String what) {
        String title = titles.isEmpty() ? "" : " (" + OneLine.of(titles.get(column), SHOWN) + ")";
        return new UnreadableData(
                source + ": line " + lines.get(row).number() + ", column " + (column + 1) + title + ": " + what);
    }

    static String quoted(String cell) {
        return "'" + OneLine.of(cell, SHOWN) + "'";
    }
}

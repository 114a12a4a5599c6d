package dev.adjoint.data;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import dev.adjoint.tensor.OneLine;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/// Tables of numbers with one column of labels, as comma-separated text in UTF-8 (RFC 4180; empty lines are skipped).
///
/// {@snippet :
/// Csv format = Csv.table().labelColumn("species").classes(List.of("setosa", "other"));
/// Dataset flowers = format.read(Path.of("flowers.csv"));
/// }
///
/// As it comes from [#table], the label is the last column, the first line is a header if none of its cells is a
/// number, and the classes are 0 to the largest label. Labels are integers from 0. A file whose name ends in `.gz` is
/// unpacked.
public final class Csv {
    /// The largest number of classes that are not named; beyond it a label is rather a mistake.
    private static final int UNNAMED_CLASSES = 65_536;

    private static final String LAST = "";

    /// Whether the first line names the columns.
    public enum Header {
        /// It does.
        PRESENT,
        /// It is an example already.
        ABSENT,
        /// It does if none of its cells is a number.
        DETECTED
    }

    private final Header header;
    private final String labelColumn;
    private final List<String> classNames;

    private Csv(Header header, String labelColumn, List<String> classNames) {
        this.header = header;
        this.labelColumn = labelColumn;
        this.classNames = List.copyOf(classNames);
    }

    /// A table with the label last, a header if it looks like one, and as many classes as the largest label says.
    public static Csv table() {
        return new Csv(Header.DETECTED, LAST, List.of());
    }

    /// The same table with or without a header.
    public Csv header(Header header) {
        return new Csv(header, labelColumn, classNames);
    }

    /// The same table with the labels in the column of this name; it needs a header.
    ///
    /// @throws InvalidArgument if the name is blank
    public Csv labelColumn(String name) {
        if (name.isBlank()) {
            throw new InvalidArgument("the label column needs a name that is not blank");
        }
        return new Csv(header, name, classNames);
    }

    /// The same table with these classes: a label is an index into them.
    public Csv classes(List<String> names) {
        return new Csv(header, labelColumn, names);
    }

    /// The data set in a file, under the name of the file without `.csv` and `.gz`.
    ///
    /// @throws UnreadableData if there is no such file; if it is empty or ragged; if a cell is no finite number; or if
    ///     a label is no integer or no class: the message names file, line and column and shows the cell
    public Dataset read(Path file) {
        return CsvLines.read(file, lines -> parse(file.toString(), lines)).named(CsvLines.title(file));
    }

    /// The data set in a text.
    ///
    /// @param name what the text is called in messages and as a data set
    /// @throws UnreadableData as [#read] does
    public Dataset parse(String name, Reader text) {
        return CsvLines.parse(name, text, lines -> parse(name, lines));
    }

    private Dataset parse(String name, Iterator<CsvLine> lines) {
        CsvLine first = lines.next();
        boolean named = header == Header.PRESENT || (header == Header.DETECTED && Numbers.areAbsent(first.cells()));
        if (first.cells().size() < 2) {
            throw new UnreadableData(name + ": line " + first.number()
                    + " has one column; a table needs at least one feature and the label");
        }
        List<String> columns = named ? first.cells() : List.of();
        Table table = new Table(name, columns, first.cells().size(), labelColumn(name, first, named));
        if (!named) {
            table.add(first);
        }
        lines.forEachRemaining(table::add);
        return table.dataset(classNames, UNNAMED_CLASSES);
    }

    private int labelColumn(String name, CsvLine first, boolean named) {
        if (labelColumn.equals(LAST)) {
            return first.cells().size() - 1;
        }
        if (!named) {
            throw new UnreadableData(
                    name + ": has no header, so no column is called '" + OneLine.of(labelColumn) + "'");
        }
        List<String> columns = first.cells().stream().map(String::strip).toList();
        int column = columns.indexOf(labelColumn);
        if (column < 0) {
            throw new UnreadableData(name + ": "
                    + NearestNames.unknown("column", labelColumn, columns).getMessage());
        }
        return column;
    }
}

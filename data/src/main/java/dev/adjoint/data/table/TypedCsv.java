package dev.adjoint.data.table;

import dev.adjoint.data.Csv;
import dev.adjoint.data.CsvLine;
import dev.adjoint.data.CsvLines;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import java.io.Reader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// Comma-separated text whose columns are numbers or categories, any cell of which may be missing.
///
/// A column is numeric if at least half of its cells are numbers, and categorical otherwise, unless said by its title. A
/// cell is missing if it is empty or `?`, `NA`, `N/A`, `NaN`, `nan` or `null`. The label is the last column, unless said;
/// the first line is a header if none of its cells is a number, unless said. The tables of scikit-learn begin with
/// `rows,features,class names…` instead, and have no titles.
public final class TypedCsv {
    private static final Set<String> MISSING = Set.of("?", "NA", "N/A", "NaN", "nan", "null");
    private static final String LAST = "";

    private final Csv.Header header;
    private final String label;
    private final Map<String, Kind> kinds;
    private final Set<String> missing;

    private enum Kind {
        NUMERIC,
        CATEGORICAL,
        LEFT_OUT
    }

    private TypedCsv(Csv.Header header, String label, Map<String, Kind> kinds, Set<String> missing) {
        this.header = header;
        this.label = label;
        this.kinds = Map.copyOf(kinds);
        this.missing = Set.copyOf(missing);
    }

    /// The format in which everything is found out from the cells.
    public static TypedCsv table() {
        return new TypedCsv(Csv.Header.DETECTED, LAST, Map.of(), MISSING);
    }

    /// The same format with or without a header.
    public TypedCsv header(Csv.Header header) {
        return new TypedCsv(header, label, kinds, missing);
    }

    /// The same format with the label in the column of this title.
    ///
    /// @throws InvalidArgument if the title is blank
    public TypedCsv labelColumn(String title) {
        if (title.isBlank()) {
            throw new InvalidArgument("the label column needs a name that is not blank");
        }
        return new TypedCsv(header, title, kinds, missing);
    }

    /// The same format in which the columns of these titles are numbers.
    public TypedCsv numeric(String... titles) {
        return with(Kind.NUMERIC, titles);
    }

    /// The same format in which the columns of these titles are categories, whatever is in them.
    public TypedCsv categorical(String... titles) {
        return with(Kind.CATEGORICAL, titles);
    }

    /// The same format without the columns of these titles.
    public TypedCsv without(String... titles) {
        return with(Kind.LEFT_OUT, titles);
    }

    /// The same format in which these texts, too, stand for a cell that is missing.
    public TypedCsv missing(String... texts) {
        Set<String> more = new HashSet<>(missing);
        more.addAll(Arrays.asList(texts));
        return new TypedCsv(header, label, kinds, more);
    }

    private TypedCsv with(Kind kind, String... titles) {
        Map<String, Kind> more = new TreeMap<>(kinds);
        for (String title : titles) {
            more.put(title, kind);
        }
        return new TypedCsv(header, label, more, missing);
    }

    /// The table in a file, under the name of the file without `.csv` and `.gz`.
    ///
    /// @throws UnreadableData if there is no such file; if it is empty or ragged; if a numeric column holds a text; if a
    ///     label is missing; or if no column has a title that was named: the message names file, line and column and shows
    ///     the cell
    public TypedTable read(Path file) {
        return CsvLines.read(file, lines -> parse(file.toString(), lines)).named(CsvLines.title(file));
    }

    /// The table in a text.
    ///
    /// @param name what the text is called in messages and as a table
    /// @throws UnreadableData as [#read] does
    public TypedTable parse(String name, Reader text) {
        return CsvLines.parse(name, text, lines -> parse(name, lines));
    }

    /// The examples of another file with the features and classes of a table that was read before, so that a model that
    /// learned from that one takes them. What a column holds, the encoding says, whatever cells happen to be in this file.
    ///
    /// @param known how the columns of the other table became numbers
    /// @throws UnreadableData as [#read] does, or if a column is missing, or a category or class is not known: the message
    ///     names file, line and column
    public Dataset read(Path file, Encoding known) {
        return CsvLines.read(file, lines -> parse(file.toString(), lines, known))
                .named(CsvLines.title(file));
    }

    /// The examples of a text with the features and classes of a table that was read before.
    ///
    /// @param name what the text is called in messages and as a data set
    /// @throws UnreadableData as [#read] does
    public Dataset parse(String name, Reader text, Encoding known) {
        return CsvLines.parse(name, text, lines -> parse(name, lines, known));
    }

    /// Whether a file has a label for every example, beside the features of a table that was read before: its last column is
    /// none of these, or a column has the title that was told.
    ///
    /// @throws UnreadableData if there is no such file, or it is empty or ragged
    public boolean isLabelled(Path file, Encoding known) {
        return CsvLines.read(file, lines -> isLabelled(cells(file.toString(), lines, known), known));
    }

    private boolean isLabelled(Cells cells, Encoding known) {
        if (!label.equals(LAST)) {
            return cells.titles().contains(label);
        }
        String last = cells.title(cells.columns() - 1);
        return known.features().stream().noneMatch(feature -> feature.column().equals(last));
    }

    /// The features of a file without labels, `f32[n,width]`, as those of a table that was read before.
    ///
    /// @param known how the columns of the other table became numbers
    /// @throws UnreadableData as [#read(Path,Encoding)] does, but for the label
    public Array features(Path file, Encoding known) {
        return CsvLines.read(file, lines -> {
            Cells cells = cells(file.toString(), lines, known);
            return known.features(file.toString(), columns(cells, known), cells.rows());
        });
    }

    private TypedTable parse(String name, Iterator<CsvLine> lines) {
        Lines all = Lines.of(lines, header);
        Cells cells = all.cells(name, missing);
        kinds.keySet().forEach(title -> column(cells, title));
        int labelColumn = labelColumn(cells);
        List<Column> columns = columns(cells, labelColumn);
        if (columns.isEmpty()) {
            throw new UnreadableData(name + ": line " + all.first()
                    + " has no column beside the label; a table needs at least one feature and the label");
        }
        Labels labels = Labels.of(cells, labelColumn, all.classNames());
        if (all.classNames().isEmpty()) {
            labels.requireNoStray((row, what) -> cells.bad(row, labelColumn, what));
        }
        return new TypedTable(name, columns, labels);
    }

    private Dataset parse(String name, Iterator<CsvLine> lines, Encoding known) {
        Lines all = Lines.of(lines, header(known));
        Cells cells = all.cells(name, missing);
        List<Column> columns = columns(cells, known);
        int labelColumn = labelColumn(cells);
        if (!isLabelled(cells, known)) {
            throw new UnreadableData(name + ": has no labels: its last column, "
                    + Cells.quoted(cells.title(labelColumn)) + ", is a feature");
        }
        Labels labels = Labels.of(cells, labelColumn, all.classNames());
        labels.requireKnown(known.classNames(), (row, what) -> cells.bad(row, labelColumn, what));
        return known.apply(new TypedTable(name, columns, labels));
    }

    private static Csv.Header header(Encoding known) {
        return known.hasTitles() ? Csv.Header.PRESENT : Csv.Header.ABSENT;
    }

    private Cells cells(String name, Iterator<CsvLine> lines, Encoding known) {
        return Lines.of(lines, header(known)).cells(name, missing);
    }

    private static List<Column> columns(Cells cells, Encoding known) {
        List<Column> columns = new ArrayList<>();
        for (Encoding.Feature feature : known.features()) {
            int column = column(cells, feature.column());
            columns.add(
                    feature.categories().isEmpty()
                            ? cells.numeric(column)
                            : cells.categorical(column, feature.categories()));
        }
        return columns;
    }

    private int labelColumn(Cells cells) {
        return label.equals(LAST) ? cells.columns() - 1 : column(cells, label);
    }

    private List<Column> columns(Cells cells, int labelColumn) {
        List<Column> columns = new ArrayList<>();
        for (int column = 0; column < cells.columns(); column++) {
            Kind kind = kind(cells, column);
            if (column != labelColumn && kind != Kind.LEFT_OUT) {
                columns.add(kind == Kind.NUMERIC ? cells.numeric(column) : cells.categorical(column));
            }
        }
        return columns;
    }

    private Kind kind(Cells cells, int column) {
        return kinds.getOrDefault(cells.title(column), cells.isMostlyNumbers(column) ? Kind.NUMERIC : Kind.CATEGORICAL);
    }

    private static int column(Cells cells, String title) {
        List<String> titles =
                IntStream.range(0, cells.columns()).mapToObj(cells::title).toList();
        int column = titles.indexOf(title);
        if (column >= 0) {
            return column;
        }
        if (cells.titles().isEmpty()) {
            throw new UnreadableData(cells.source() + ": has no header, so no column is called " + Cells.quoted(title));
        }
        throw new UnreadableData(cells.source() + ": "
                + NearestNames.unknown("column", title, cells.titles()).getMessage());
    }
}

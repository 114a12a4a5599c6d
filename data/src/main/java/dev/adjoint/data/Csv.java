package dev.adjoint.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import dev.adjoint.tensor.OneLine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

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
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new UnreadableData(name + ": is a folder, not a file");
        }
        try (InputStream bytes = open(file)) {
            // A byte order mark, as spreadsheets write it, is no part of the first cell.
            CsvReader.CsvReaderBuilder format = format().detectBomHeader(true);
            return parse(name, () -> format.ofCsvRecord(bytes, StandardCharsets.UTF_8))
                    .named(title(file));
        } catch (NoSuchFileException e) {
            throw new UnreadableData(name + ": no such file", e);
        } catch (IOException e) {
            throw unreadable(name, e);
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
            return bytes;
        }
        try {
            return new GZIPInputStream(bytes);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static UnreadableData unreadable(String name, Exception failure) {
        Throwable cause = root(failure);
        String reason = cause instanceof ZipException ? "is not gzip data" : "cannot be read: " + OneLine.of(cause);
        return new UnreadableData(name + ": " + reason, failure);
    }

    /// The parser wraps what its source threw.
    private static Throwable root(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    private static String title(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?i)(\\.csv)?(\\.gz)?$", "");
    }

    /// The data set in a text.
    ///
    /// @param name what the text is called in messages and as a data set
    /// @throws UnreadableData as [#read] does
    public Dataset parse(String name, Reader text) {
        return parse(name, () -> format().ofCsvRecord(text));
    }

    private static CsvReader.CsvReaderBuilder format() {
        return CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false);
    }

    private Dataset parse(String name, Supplier<CsvReader<CsvRecord>> reader) {
        try (CsvReader<CsvRecord> records = reader.get()) {
            return parse(name, records.iterator());
        } catch (CsvParseException e) {
            throw new UnreadableData(name + ": is not comma-separated text: " + OneLine.of(root(e)), e);
        } catch (IOException | UncheckedIOException e) {
            throw unreadable(name, e);
        }
    }

    private Dataset parse(String name, Iterator<CsvRecord> records) {
        if (!records.hasNext()) {
            throw new UnreadableData(name + ": is empty");
        }
        CsvRecord first = records.next();
        boolean named = header == Header.PRESENT || (header == Header.DETECTED && Numbers.areAbsent(first));
        if (first.getFieldCount() < 2) {
            throw new UnreadableData(name + ": line " + first.getStartingLineNumber()
                    + " has one column; a table needs at least one feature and the label");
        }
        List<String> columns = named ? first.getFields() : List.of();
        Table table = new Table(name, columns, first.getFieldCount(), labelColumn(name, first, named));
        if (!named) {
            table.add(first);
        }
        records.forEachRemaining(table::add);
        return table.dataset(classNames, UNNAMED_CLASSES);
    }

    private int labelColumn(String name, CsvRecord first, boolean named) {
        if (labelColumn.equals(LAST)) {
            return first.getFieldCount() - 1;
        }
        if (!named) {
            throw new UnreadableData(
                    name + ": has no header, so no column is called '" + OneLine.of(labelColumn) + "'");
        }
        List<String> columns = first.getFields().stream().map(String::strip).toList();
        int column = columns.indexOf(labelColumn);
        if (column < 0) {
            throw new UnreadableData(name + ": "
                    + NearestNames.unknown("column", labelColumn, columns).getMessage());
        }
        return column;
    }
}

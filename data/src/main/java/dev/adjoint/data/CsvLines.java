package dev.adjoint.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.adjoint.tensor.OneLine;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Function;
import java.util.function.Supplier;

/// Comma-separated text in UTF-8 as lines of cells (RFC 4180; empty lines are skipped, lines may differ in length).
public final class CsvLines {
    private CsvLines() {}

    /// What is made of the lines of a file; one whose name ends in `.gz` is unpacked.
    ///
    /// @throws UnreadableData if there is no such file, it cannot be read, it is empty, or a quote does not close
    public static <T> T read(Path file, Function<Iterator<CsvLine>, T> reading) {
        return SourceFile.read(file, bytes -> {
            // A byte order mark, as spreadsheets write it, is no part of the first cell.
            CsvReader.CsvReaderBuilder format = format().detectBomHeader(true);
            return lines(file.toString(), () -> format.ofCsvRecord(bytes, StandardCharsets.UTF_8), reading);
        });
    }

    /// What is made of the lines of a text.
    ///
    /// @param name what the text is called in messages
    /// @throws UnreadableData as [#read] does
    public static <T> T parse(String name, Reader text, Function<Iterator<CsvLine>, T> reading) {
        return lines(name, () -> format().ofCsvRecord(text), reading);
    }

    /// What a table in this file is called: its name without `.csv` and `.gz`.
    public static String title(Path file) {
        return String.valueOf(file.getFileName()).replaceFirst("(?i)(\\.csv)?(\\.gz)?$", "");
    }

    private static CsvReader.CsvReaderBuilder format() {
        return CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false);
    }

    private static <T> T lines(
            String name, Supplier<CsvReader<CsvRecord>> reader, Function<Iterator<CsvLine>, T> reading) {
        try (CsvReader<CsvRecord> records = reader.get()) {
            Iterator<CsvRecord> source = records.iterator();
            if (!source.hasNext()) {
                throw new UnreadableData(name + ": is empty");
            }
            return reading.apply(lines(source));
        } catch (CsvParseException e) {
            throw new UnreadableData(name + ": is not comma-separated text: " + OneLine.of(SourceFile.root(e)), e);
        } catch (IOException | UncheckedIOException e) {
            throw new UnreadableData(name + ": " + SourceFile.reason(e), e);
        }
    }

    private static Iterator<CsvLine> lines(Iterator<CsvRecord> records) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return records.hasNext();
            }

            @Override
            public CsvLine next() {
                CsvRecord next = records.next();
                return new CsvLine(next.getStartingLineNumber(), next.getFields());
            }
        };
    }
}

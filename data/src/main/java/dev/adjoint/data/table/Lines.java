package dev.adjoint.data.table;

import dev.adjoint.data.Csv;
import dev.adjoint.data.CsvLine;
import dev.adjoint.data.Numbers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// The lines of a table, and what the first of them is: the titles, what scikit-learn writes there, or an example.
///
/// @param first the number of the first line
/// @param titles empty if there are none
/// @param classNames empty if the table does not say them
/// @param examples the lines that are examples
record Lines(long first, List<String> titles, List<String> classNames, List<CsvLine> examples) {
    static Lines of(Iterator<CsvLine> lines, Csv.Header header) {
        List<CsvLine> all = new ArrayList<>();
        lines.forEachRemaining(all::add);
        CsvLine first = all.getFirst();
        List<CsvLine> rest = all.subList(1, all.size());
        if (isPreface(first.cells(), rest)) {
            return new Lines(
                    first.number(),
                    List.of(),
                    strip(first.cells().subList(2, first.cells().size())),
                    rest);
        }
        boolean named =
                header == Csv.Header.PRESENT || (header == Csv.Header.DETECTED && Numbers.areAbsent(first.cells()));
        return named
                ? new Lines(first.number(), first.cells(), List.of(), rest)
                : new Lines(first.number(), List.of(), List.of(), all);
    }

    /// `rows,features,class names…` with the right counts: no example looks like that.
    private static boolean isPreface(List<String> cells, List<CsvLine> rest) {
        return cells.size() > 3
                && !rest.isEmpty()
                && cells.getFirst().strip().equals(Integer.toString(rest.size()))
                && cells.get(1)
                        .strip()
                        .equals(Integer.toString(rest.getFirst().cells().size() - 1))
                && Numbers.areAbsent(cells.subList(2, cells.size()));
    }

    private static List<String> strip(List<String> cells) {
        return cells.stream().map(String::strip).toList();
    }

    Cells cells(String name, Set<String> missing) {
        return Cells.of(name, titles, examples.iterator(), missing);
    }
}

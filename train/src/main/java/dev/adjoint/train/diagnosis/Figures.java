package dev.adjoint.train.diagnosis;

import java.util.List;

/// A table of figures.
///
/// @param name what the rows are: `layers`, `steps`
/// @param columns the headings
/// @param rows one cell for each column
public record Figures(String name, List<String> columns, List<List<Figure>> rows) {
    public Figures {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }
}

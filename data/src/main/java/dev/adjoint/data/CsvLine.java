package dev.adjoint.data;

import java.util.List;

/// A line of comma-separated text.
///
/// @param number the line of the file it begins in, from 1
/// @param cells its cells without the quotes, with the spaces around them
public record CsvLine(long number, List<String> cells) {
    public CsvLine {
        cells = List.copyOf(cells);
    }
}

package dev.adjoint.cli.text;

import java.util.ArrayList;
import java.util.List;

/// Rows of cells, printed in aligned columns under a heading. Columns of numbers align to the right.
public final class Table {
    private final List<Column> columns;
    private final List<List<String>> rows = new ArrayList<>();

    private enum Side {
        LEFT,
        RIGHT
    }

    private record Column(String heading, Side side) {}

    private Table(List<Column> columns) {
        this.columns = columns;
    }

    /// A table with these headings; one that begins with `>` stands above a column that aligns to the right.
    public static Table of(String... headings) {
        List<Column> columns = new ArrayList<>();
        for (String heading : headings) {
            columns.add(
                    heading.startsWith(">")
                            ? new Column(heading.substring(1), Side.RIGHT)
                            : new Column(heading, Side.LEFT));
        }
        return new Table(columns);
    }

    /// Adds a row with one cell for each column.
    public Table row(Object... cells) {
        List<String> row = new ArrayList<>();
        for (Object cell : cells) {
            row.add(cell.toString());
        }
        rows.add(row);
        return this;
    }

    /// The lines without an end of line after the last.
    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>();
        all.add(columns.stream().map(Column::heading).toList());
        all.addAll(rows);
        int[] widths = new int[columns.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], width(row.get(i)));
            }
        }
        return String.join("\n", all.stream().map(row -> line(row, widths)).toList());
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String space = " ".repeat(widths[i] - width(row.get(i)));
            line.append(i == 0 ? "" : "  ");
            line.append(columns.get(i).side() == Side.LEFT ? row.get(i) + space : space + row.get(i));
        }
        return line.toString().stripTrailing();
    }

    /// Characters on the screen: marks that sit on the letter before them, such as the hat of x̂, take no room.
    private static int width(String cell) {
        return (int) cell.codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .count();
    }
}

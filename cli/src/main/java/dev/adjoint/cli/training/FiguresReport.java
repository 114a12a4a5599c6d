package dev.adjoint.cli.training;

import dev.adjoint.cli.text.Table;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A table of figures as text and as JSON.
///
/// @param figures the table
public record FiguresReport(Figures figures) {
    /// Names to the left, numbers to the right.
    public Table table() {
        String[] headings = figures.columns().toArray(String[]::new);
        for (int i = 0; i < headings.length; i++) {
            boolean isName =
                    figures.rows().isEmpty() || figures.rows().getFirst().get(i) instanceof Figure.Word;
            headings[i] = isName ? headings[i] : ">" + headings[i];
        }
        Table table = Table.of(headings);
        figures.rows().forEach(row -> table.row(row.stream().map(Figure::text).toArray()));
        return table;
    }

    /// The rows as JSON objects.
    public List<Map<String, Object>> json() {
        return figures.rows().stream().map(this::json).toList();
    }

    private Map<String, Object> json(List<Figure> row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < row.size(); i++) {
            json.put(figures.columns().get(i).replace(' ', '_'), plain(row.get(i)));
        }
        return json;
    }

    private static Object plain(Figure figure) {
        return switch (figure) {
            case Figure.Word word -> word.text();
            case Figure.Count count -> count.value();
            case Figure.Bytes bytes -> bytes.value();
            case Figure.Real real -> real.value();
            case Figure.Share share -> share.value();
        };
    }
}

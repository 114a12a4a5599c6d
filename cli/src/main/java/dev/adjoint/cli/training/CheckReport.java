package dev.adjoint.cli.training;

import dev.adjoint.cli.text.Table;
import dev.adjoint.train.diagnosis.CheckResult;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The result of a check as text and as JSON.
///
/// @param result the result
public record CheckReport(CheckResult result) {
    /// A line with the verdict, the finding, the tables, what to try.
    public String text() {
        StringBuilder text = new StringBuilder(result.check() + ": " + result.verdict() + "\n");
        List<String> lines = new ArrayList<>(List.of(result.summary()));
        result.figures().forEach(figures -> {
            lines.add("");
            lines.addAll(table(figures).toString().lines().toList());
        });
        if (!result.advice().isEmpty()) {
            lines.add("");
            result.advice().forEach(advice -> lines.add("try: " + advice));
        }
        lines.forEach(line -> text.append(("  " + line).stripTrailing()).append('\n'));
        return text.toString();
    }

    /// Names to the left, numbers to the right.
    private static Table table(Figures figures) {
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

    /// The result as a JSON object; of every table a list of objects.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.check());
        json.put("verdict", result.verdict());
        json.put("summary", result.summary());
        json.put("advice", result.advice());
        Map<String, Object> tables = new LinkedHashMap<>();
        result.figures()
                .forEach(figures -> tables.put(
                        figures.name(),
                        figures.rows().stream()
                                .map(row -> json(figures.columns(), row))
                                .toList()));
        json.put("figures", tables);
        return json;
    }

    private static Map<String, Object> json(List<String> columns, List<Figure> row) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            json.put(columns.get(i).replace(' ', '_'), plain(row.get(i)));
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

package dev.adjoint.cli.training;

import dev.adjoint.train.diagnosis.CheckResult;
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
            lines.addAll(new FiguresReport(figures).table().toString().lines().toList());
        });
        if (!result.advice().isEmpty()) {
            lines.add("");
            result.advice().forEach(advice -> lines.add("try: " + advice));
        }
        lines.forEach(line -> text.append(("  " + line).stripTrailing()).append('\n'));
        return text.toString();
    }

    /// The result as a JSON object; of every table a list of objects.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", result.check());
        json.put("verdict", result.verdict());
        json.put("summary", result.summary());
        json.put("advice", result.advice());
        Map<String, Object> tables = new LinkedHashMap<>();
        result.figures().forEach(figures -> tables.put(figures.name(), new FiguresReport(figures).json()));
        json.put("figures", tables);
        return json;
    }
}

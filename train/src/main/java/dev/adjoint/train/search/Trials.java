package dev.adjoint.train.search;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// What came of some settings, best first; those that failed stand last.
///
/// @param list the trials
public record Trials(List<Trial> list) {
    /// One try.
    ///
    /// @param settings what was tried
    /// @param budget how much was spent on it, in the units of the search, usually epochs
    /// @param cost its figure; smaller is better, NaN if it failed
    /// @param failure why it failed, empty if it did not
    public record Trial(Map<String, String> settings, long budget, double cost, String failure) {}

    public Trials {
        // More budget first: a figure after a longer training says more. Double.compare puts NaN last.
        list = list.stream()
                .sorted(Comparator.comparingLong((Trial trial) -> -trial.budget).thenComparingDouble(Trial::cost))
                .toList();
    }

    /// The best one.
    public Trial best() {
        return list.getFirst();
    }

    /// As comma-separated text: a column for every setting, then `budget`, `cost` and `failure`.
    public String csv() {
        Set<String> names = new LinkedHashSet<>();
        list.forEach(trial -> names.addAll(trial.settings.keySet()));
        List<String> heading = new ArrayList<>(names);
        heading.addAll(List.of("budget", "cost", "failure"));
        List<String> lines = new ArrayList<>(List.of(line(heading)));
        for (Trial trial : list) {
            List<String> cells = new ArrayList<>();
            names.forEach(name -> cells.add(trial.settings.getOrDefault(name, "")));
            cells.addAll(List.of(Long.toString(trial.budget), Double.toString(trial.cost), trial.failure));
            lines.add(line(cells));
        }
        return String.join("\n", lines) + "\n";
    }

    /// RFC 4180: cells with commas, quotes or line ends stand in quotes.
    private static String line(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.matches("(?s).*[\",\r\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell)
                .collect(Collectors.joining(","));
    }

    /// As text, one trial on a line: `cost  name=value …`.
    public String text() {
        return list.stream()
                .map(trial -> String.format(Locale.ROOT, "%-12.6g", trial.cost)
                        + trial.settings.entrySet().stream()
                                .map(setting -> setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining("  "))
                        + (trial.failure.isEmpty() ? "" : "  (" + trial.failure + ")"))
                .collect(Collectors.joining("\n"));
    }
}

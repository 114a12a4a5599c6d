package dev.adjoint.io;

import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.TensorType;
import java.io.Serial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A file of tensors that are not those of the model: some missing, some unexpected, some of another type.
///
/// The message is a line of counts and then a table, one line for each of them (at most 20).
public final class ModelMismatch extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    private static final int LINES = 20;

    /// @param expected the tensors of the model by path
    /// @param found the tensors of the file by name
    public ModelMismatch(Path file, Map<String, TensorType> expected, Map<String, TensorType> found) {
        super(message(file, expected, found));
    }

    private record Row(String name, String difference) {}

    private static String message(Path file, Map<String, TensorType> expected, Map<String, TensorType> found) {
        List<Row> missing = new ArrayList<>();
        List<Row> changed = new ArrayList<>();
        expected.forEach((name, type) -> {
            TensorType other = found.get(name);
            if (other == null) {
                missing.add(new Row(OneLine.of(name), "the model has " + type + ", the file has none"));
            } else if (!other.equals(type)) {
                changed.add(new Row(OneLine.of(name), "the model has " + type + ", the file has " + other));
            }
        });
        List<Row> unexpected = found.entrySet().stream()
                .filter(entry -> !expected.containsKey(entry.getKey()))
                .map(entry ->
                        new Row(OneLine.of(entry.getKey()), "the model has none, the file has " + entry.getValue()))
                .toList();
        List<Row> rows = new ArrayList<>(missing);
        rows.addAll(unexpected);
        rows.addAll(changed);
        return OneLine.of(file.toString()) + ": does not fit the model: " + missing.size() + " missing, "
                + unexpected.size() + " unexpected, " + changed.size() + " of another type" + table(rows);
    }

    private static String table(List<Row> rows) {
        List<Row> shown = rows.stream().limit(LINES).toList();
        int width = shown.stream().mapToInt(row -> row.name().length()).max().orElse(0);
        String lines = shown.stream()
                .map(row -> "\n  " + row.name() + " ".repeat(width - row.name().length() + 2) + row.difference())
                .collect(Collectors.joining());
        return rows.size() > LINES ? lines + "\n  and " + (rows.size() - LINES) + " more" : lines;
    }
}

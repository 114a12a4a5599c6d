package dev.adjoint.data.table;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.OneLine;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// How the columns of a table become numbers: a numeric column one feature, a categorical one a feature for each category
/// (one-hot), all 0 where the cell is missing.
///
/// Made of the table a model is trained on and applied to others, it gives them the same features and classes, whatever
/// categories they happen to hold.
///
/// @param features the columns in their order
/// @param classNames the classes
public record Encoding(List<Feature> features, List<String> classNames) {
    public Encoding {
        features = List.copyOf(features);
        classNames = List.copyOf(classNames);
    }

    /// A column.
    ///
    /// @param column its name
    /// @param categories empty if it is numeric
    public record Feature(String column, List<String> categories) {
        public Feature {
            categories = List.copyOf(categories);
        }

        int width() {
            return Math.max(1, categories.size());
        }

        List<String> names() {
            return categories.isEmpty()
                    ? List.of(column)
                    : categories.stream()
                            .map(category -> column + "=" + category)
                            .toList();
        }
    }

    /// The encoding of all columns and categories of a table.
    public static Encoding of(TypedTable table) {
        List<Feature> features = new ArrayList<>();
        for (Column column : table.columns()) {
            features.add(
                    switch (column) {
                        case Column.Numeric numeric -> new Feature(numeric.name(), List.of());
                        case Column.Categorical categorical ->
                            new Feature(categorical.name(), categorical.categories());
                    });
        }
        return new Encoding(features, table.classNames());
    }

    /// The examples of a table with these features and classes.
    ///
    /// @throws UnreadableData if the table lacks a column, one is of the other kind, or it holds a category or class that
    ///     is not known here
    public Dataset apply(TypedTable table) {
        Array array = features(table.name(), table.columns(), table.size());
        long[] labels = new long[table.size()];
        for (int row = 0; row < labels.length; row++) {
            String label = table.classNames().get((int) table.labels().get(row));
            labels[row] = code(table.name(), "label", label, classNames);
        }
        List<String> names = features.stream().flatMap(f -> f.names().stream()).toList();
        return Dataset.of(table.name(), array, Array.of(labels), classNames).withFeatureNames(names);
    }

    /// The features of so many examples, `f32[size,width]`.
    Array features(String source, List<Column> columns, int size) {
        int width = width();
        float[] numbers = new float[Math.multiplyExact(size, width)];
        int offset = 0;
        for (Feature feature : features) {
            Column column = column(source, columns, feature);
            for (int row = 0; row < size; row++) {
                float[] cell = encoded(source, feature, column, row);
                System.arraycopy(cell, 0, numbers, row * width + offset, cell.length);
            }
            offset += feature.width();
        }
        return Array.of(TensorType.of(DType.F32, size, width), Elements.wrap(numbers));
    }

    /// How many features an example has.
    public int width() {
        return features.stream().mapToInt(Feature::width).sum();
    }

    /// Whether the table had titles; where it has none, columns are called by their places.
    boolean hasTitles() {
        return features.stream().noneMatch(feature -> feature.column.matches("column [0-9]+"));
    }

    private static float[] encoded(String source, Feature feature, Column column, int row) {
        float[] cell = new float[feature.width()];
        switch (column) {
            case Column.Numeric numeric -> cell[0] = numeric.raw(row);
            case Column.Categorical categorical ->
                categorical
                        .category(row)
                        .ifPresent(text -> cell[code(source, feature.column, text, feature.categories)] = 1);
        }
        return cell;
    }

    private static Column column(String source, List<Column> columns, Feature feature) {
        Column found = columns.stream()
                .filter(column -> column.name().equals(feature.column))
                .findFirst()
                .orElseThrow(() -> new UnreadableData(
                        source + ": has no column '" + OneLine.of(feature.column) + "', which is needed"));
        if (found instanceof Column.Numeric != feature.categories.isEmpty()) {
            throw new UnreadableData(source + ": the column '" + OneLine.of(feature.column) + "' holds "
                    + (feature.categories.isEmpty() ? "texts, but numbers" : "numbers, but texts") + " are needed");
        }
        return found;
    }

    private static int code(String source, String column, String text, List<String> known) {
        int code = known.indexOf(text);
        if (code < 0) {
            throw new UnreadableData(source + ": the " + (column.equals("label") ? "label" : "category") + " "
                    + Cells.quoted(text) + " of '" + OneLine.of(column) + "' is not known here; known are "
                    + OneLine.of(String.join(", ", known)));
        }
        return code;
    }
}

package dev.adjoint.data.table;

import dev.adjoint.data.Dataset;
import java.util.List;

/// A table of labelled examples whose columns are numbers or categories. It never changes.
public final class TypedTable {
    private final String name;
    private final List<Column> columns;
    private final Labels labels;

    TypedTable(String name, List<Column> columns, Labels labels) {
        this.name = name;
        this.columns = List.copyOf(columns);
        this.labels = labels;
    }

    /// What the table is called.
    public String name() {
        return name;
    }

    /// The columns without the label.
    public List<Column> columns() {
        return columns;
    }

    /// The names of the classes.
    public List<String> classNames() {
        return labels.classNames();
    }

    /// The number of examples.
    public int size() {
        return labels.size();
    }

    Labels labels() {
        return labels;
    }

    /// The same table under another name.
    public TypedTable named(String name) {
        return new TypedTable(name, columns, labels);
    }

    /// The examples of the given rows, in their order.
    public TypedTable select(int... rows) {
        return new TypedTable(
                name, columns.stream().map(column -> column.select(rows)).toList(), labels.select(rows));
    }

    /// The examples with numbers for features: those of a numeric column as they are and NaN where one is missing, a
    /// categorical column as one feature for each of its categories, which is 1 where it is that one.
    /// [dev.adjoint.data.Standardisation], fitted on the training part, puts its mean where a number is missing.
    public Dataset dataset() {
        return Encoding.of(this).apply(this);
    }
}

package dev.adjoint.data.catalog;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.table.Column;
import dev.adjoint.data.table.TypedCsv;
import dev.adjoint.data.table.TypedTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The description of a table in a file: its columns as they are there, before categories become features.
final class TableDescription {
    private TableDescription() {}

    static Description of(Path file) {
        TypedTable table = TypedCsv.table().read(file);
        Dataset dataset = table.dataset();
        List<ColumnFacts> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            columns.add(facts(column));
        }
        return new Description(
                table.name(),
                "table",
                table.size(),
                dataset.features().type().toString(),
                Description.classes(dataset),
                columns,
                Map.of());
    }

    private static ColumnFacts facts(Column column) {
        return switch (column) {
            case Column.Categorical category ->
                ColumnFacts.category(category.name(), category.categories().size(), category.missing());
            case Column.Numeric numeric -> {
                float[] numbers = new float[numeric.size()];
                for (int row = 0; row < numbers.length; row++) {
                    numbers[row] = (float) numeric.number(row).orElse(Double.NaN);
                }
                yield ColumnFacts.numbers(numeric.name(), numbers, 0, 1);
            }
        };
    }
}

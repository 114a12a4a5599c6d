package dev.adjoint.cli.training;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.NumberedClasses;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.table.Encoding;
import dev.adjoint.data.table.TypedCsv;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a network knows of the examples that it learned from, so that it can take others.
///
/// @param example the shape of one example
/// @param classes the names of the classes
/// @param encoding how the columns of a table in a file became numbers
public record Known(Shape example, List<String> classes, Optional<Encoding> encoding) {
    private static final String EXAMPLE = "example";
    private static final String CLASS = "class.";
    private static final String COLUMN = "column.";

    public Known {
        classes = List.copyOf(classes);
    }

    /// The examples of a source; a table in a file is read with the categories of the one that was learned from.
    ///
    /// @throws dev.adjoint.data.UnreadableData if it cannot be read, or has a column, category or class that is not known
    /// @throws InvalidArgument if the examples have another shape or other classes
    Dataset read(DataSource source) {
        Dataset dataset = encoding.isPresent() && source instanceof DataSource.CsvFile csv
                ? TypedCsv.table().read(csv.file(), encoding.get())
                : withClasses(source).dataset();
        return checked(dataset);
    }

    /// The examples of a source that need not say their classes: a table without the column of labels, or a folder of images
    /// without sub-folders.
    ///
    /// @throws dev.adjoint.data.UnreadableData as [#read] does
    /// @throws InvalidArgument as [#read] does
    Asked asked(DataSource source) {
        if (source instanceof DataSource.Images images && images.isUnlabelled()) {
            Dataset found = images.unlabelled();
            return checked(Asked.unlabelled(found.name(), found.features(), classes));
        }
        if (encoding.isPresent()
                && source instanceof DataSource.CsvFile(Path file)
                && !TypedCsv.table().isLabelled(file, encoding.get())) {
            return checked(Asked.unlabelled(file.toString(), TypedCsv.table().features(file, encoding.get()), classes));
        }
        return new Asked(read(source), Asked.Labels.STATED);
    }

    private Asked checked(Asked asked) {
        return new Asked(checked(asked.examples()), asked.labels());
    }

    /// The same source with the classes of the network where it has none but numbers: a label beyond them is then told with
    /// its file.
    DataSource withClasses(DataSource source) {
        return source instanceof DataSource.IdxFiles(Path folder, List<String> names)
                        && names.isEmpty()
                        && classes.equals(NumberedClasses.names(classes.size()))
                ? new DataSource.IdxFiles(folder, classes)
                : source;
    }

    /// The examples, if they fit.
    ///
    /// @throws InvalidArgument if they have another shape or other classes
    Dataset checked(Dataset dataset) {
        if (!dataset.exampleShape().equals(example)) {
            throw new InvalidArgument("the model takes examples " + example + ", but those of " + dataset.name()
                    + " are " + dataset.exampleShape());
        }
        List<String> names = dataset.classNames();
        for (int row = 0; row < dataset.size(); row++) {
            long label = dataset.labels().elements().getLong(row);
            if (label >= classes.size()) {
                throw new InvalidArgument("the model knows " + classes.size() + " classes, but example " + row + " of "
                        + dataset.name() + " is of another, number " + label + " (" + names.get((int) label) + ")");
            }
        }
        if (names.size() > classes.size()) {
            throw new InvalidArgument(
                    "the model knows " + classes.size() + " classes, but " + dataset.name() + " has " + names.size());
        }
        if (!classes.subList(0, names.size()).equals(names)) {
            throw new InvalidArgument("the model knows the classes " + String.join(", ", classes) + ", but those of "
                    + dataset.name() + " are " + String.join(", ", names));
        }
        return dataset;
    }

    /// Puts it among the texts of a file.
    void write(Map<String, String> texts) {
        texts.put(EXAMPLE, example.toString());
        write(texts, CLASS, classes);
        List<Encoding.Feature> columns = encoding.map(Encoding::features).orElse(List.of());
        write(texts, COLUMN, columns.stream().map(Encoding.Feature::column).toList());
        for (int i = 0; i < columns.size(); i++) {
            write(texts, COLUMN + i + ".", columns.get(i).categories());
        }
    }

    private static void write(Map<String, String> texts, String prefix, List<String> list) {
        for (int i = 0; i < list.size(); i++) {
            texts.put(prefix + i, list.get(i));
        }
    }

    /// What [#write] put there.
    ///
    /// @throws AdjointException if it is damaged
    static Known of(Map<String, String> texts, Path file) {
        Shape example = example(Configuration.text(texts, EXAMPLE, file), file);
        List<String> classes = list(texts, CLASS);
        List<Encoding.Feature> columns = new ArrayList<>();
        for (String column : list(texts, COLUMN)) {
            columns.add(new Encoding.Feature(column, list(texts, COLUMN + columns.size() + ".")));
        }
        Optional<Encoding> encoding =
                Optional.of(new Encoding(columns, classes)).filter(_ -> !columns.isEmpty());
        if (encoding.isPresent() && !example.equals(Shape.of(encoding.get().width()))) {
            throw new AdjointException(file + ": the columns in its header are damaged: they make "
                    + encoding.get().width() + " features, not " + example);
        }
        return new Known(example, classes, encoding);
    }

    private static List<String> list(Map<String, String> texts, String prefix) {
        List<String> list = new ArrayList<>();
        String text = texts.get(prefix + 0);
        while (text != null) {
            list.add(text);
            text = texts.get(prefix + list.size());
        }
        return list;
    }

    private static Shape example(String text, Path file) {
        try {
            return Shape.of(Arrays.stream(text.replaceAll("[\\[\\] ]", "").split(","))
                    .mapToLong(Long::parseLong)
                    .toArray());
        } catch (NumberFormatException e) {
            throw new AdjointException(file + ": the shape of an example in its header is damaged: " + text, e);
        }
    }
}

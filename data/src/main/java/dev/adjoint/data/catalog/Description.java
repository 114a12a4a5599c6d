package dev.adjoint.data.catalog;

import dev.adjoint.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What data looks like.
///
/// @param name what it is called
/// @param kind `table`, `images` or `text`
/// @param examples how many there are; for text, its characters
/// @param type of the features of all, for instance `f32[1797,1,8,8]`; empty for text
/// @param classes how many examples each class has
/// @param columns the features; one line for all of them where they have no names
/// @param notes what else there is to say, by name
public record Description(
        String name,
        String kind,
        int examples,
        String type,
        List<ClassCount> classes,
        List<ColumnFacts> columns,
        Map<String, String> notes) {
    public Description {
        classes = List.copyOf(classes);
        columns = List.copyOf(columns);
        notes = new TreeMap<>(notes);
    }

    /// A class and how many examples it has.
    public record ClassCount(String name, int count) {}

    /// The description of what a source holds. All of it is read.
    ///
    /// @throws dev.adjoint.data.UnreadableData if it cannot be read; single images that cannot are noted instead
    public static Description of(DataSource source) {
        return switch (source) {
            case DataSource.Embedded embedded -> of(embedded.dataset());
            case DataSource.Generated generated -> of(generated.dataset());
            case DataSource.CsvFile csv -> TableDescription.of(csv.file());
            case DataSource.IdxFiles idx -> ImageDescription.of(idx);
            case DataSource.Downloaded downloaded -> ImageDescription.of(downloaded.files());
            case DataSource.Images images -> ImageDescription.of(images);
            case DataSource.Text text -> TextDescription.of(text);
        };
    }

    /// The description of a data set.
    public static Description of(Dataset dataset) {
        String kind = dataset.exampleShape().rank() == 3 ? "images" : "table";
        return new Description(
                dataset.name(),
                kind,
                dataset.size(),
                dataset.features().type().toString(),
                classes(dataset),
                ColumnFacts.of(dataset),
                Map.of());
    }

    static List<ClassCount> classes(Dataset dataset) {
        List<ClassCount> classes = new ArrayList<>();
        int[] counts = dataset.classCounts();
        for (int c = 0; c < counts.length; c++) {
            classes.add(new ClassCount(dataset.classNames().get(c), counts[c]));
        }
        return classes;
    }

    /// The same description with a note.
    Description with(String note, String text) {
        Map<String, String> more = new TreeMap<>(notes);
        more.put(note, text);
        return new Description(name, kind, examples, type, classes, columns, more);
    }
}

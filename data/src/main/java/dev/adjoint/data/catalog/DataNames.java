package dev.adjoint.data.catalog;

import dev.adjoint.data.Datasets;
import dev.adjoint.data.SourceFile;
import dev.adjoint.data.catalog.DataSource.Images.Size;
import dev.adjoint.data.download.RemoteSet;
import dev.adjoint.data.generated.GeneratedSet;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NearestNames;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What names of data mean: `KIND:PATH`, a file of a known ending, or a name alone.
final class DataNames {
    private static final List<String> KINDS = List.of("csv", "idx", "images", "text");

    /// A drive letter is no kind.
    private static final Pattern WITH_KIND = Pattern.compile("([\\w-]{2,}):(.*)", Pattern.DOTALL);

    private static final Pattern WITH_SIZE = Pattern.compile("(.*)@(\\d{1,4})x(\\d{1,4})", Pattern.DOTALL);

    private DataNames() {}

    /// The names that stand alone, in alphabetical order.
    static List<String> known() {
        Stream<String> generated = Stream.of(GeneratedSet.values()).map(GeneratedSet::label);
        Stream<String> remote = RemoteSet.all().stream().map(RemoteSet::label);
        return Stream.of(Datasets.names().stream(), generated, remote)
                .flatMap(names -> names)
                .sorted()
                .toList();
    }

    static DataSource parse(String name) {
        Matcher withKind = WITH_KIND.matcher(name);
        if (withKind.matches()) {
            return ofKind(withKind.group(1), withKind.group(2));
        }
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".csv") || lower.endsWith(".csv.gz")) {
            return new DataSource.CsvFile(SourceFile.path(name));
        }
        if (Datasets.names().contains(name)) {
            return new DataSource.Embedded(name);
        }
        Optional<DataSource> generated = GeneratedSet.named(name).map(DataSource.Generated::new);
        return generated
                .or(() -> RemoteSet.named(name).map(DataSource.Downloaded::new))
                .orElseThrow(() -> unknown(name));
    }

    private static DataSource ofKind(String kind, String rest) {
        if (!KINDS.contains(kind)) {
            throw NearestNames.unknown("kind of data", kind, KINDS);
        }
        if (rest.isBlank()) {
            throw new InvalidArgument(kind + ": needs a "
                    + (isFolder(kind) ? "folder, as in " + kind + ":FOLDER" : "file, as in " + kind + ":FILE"));
        }
        return switch (kind) {
            case "csv" -> new DataSource.CsvFile(SourceFile.path(rest));
            case "idx" -> new DataSource.IdxFiles(SourceFile.path(rest), List.of());
            case "text" -> new DataSource.Text(SourceFile.path(rest));
            default -> images(rest);
        };
    }

    private static boolean isFolder(String kind) {
        return kind.equals("idx") || kind.equals("images");
    }

    private static DataSource images(String rest) {
        Matcher withSize = WITH_SIZE.matcher(rest);
        if (!withSize.matches()) {
            return new DataSource.Images(SourceFile.path(rest), Optional.empty());
        }
        Size size = new Size(Integer.parseInt(withSize.group(2)), Integer.parseInt(withSize.group(3)));
        if (size.height() < 1 || size.width() < 1) {
            throw new InvalidArgument(
                    "images: the size must be at least 1x1, not " + size.height() + "x" + size.width());
        }
        Path folder = SourceFile.path(withSize.group(1));
        return new DataSource.Images(folder, Optional.of(size));
    }

    private static InvalidArgument unknown(String name) {
        List<String> all = new ArrayList<>(known());
        KINDS.forEach(kind -> all.add(kind + (isFolder(kind) ? ":FOLDER" : ":FILE")));
        return NearestNames.unknown("data set", name, all);
    }
}

package dev.adjoint.data.catalog;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Datasets;
import dev.adjoint.data.SourceFile;
import dev.adjoint.data.Split;
import dev.adjoint.data.download.RemoteSet;
import dev.adjoint.data.generated.GeneratedSet;
import dev.adjoint.data.idx.IdxFolder;
import dev.adjoint.data.image.ImageFolder;
import dev.adjoint.data.table.TypedCsv;
import dev.adjoint.data.table.TypedTable;
import dev.adjoint.data.text.TextFile;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Where data comes from. [#parse] finds it by its name; nothing is read before it is asked for.
///
/// {@snippet :
/// Dataset moons = DataSource.parse("moons").dataset();
/// }
public sealed interface DataSource {
    /// The source of this name: one inside Adjoint (`digits`), a generated one (`moons`), a downloaded one (`mnist`), or
    /// `csv:FILE`, `idx:FOLDER`, `images:FOLDER`, `images:FOLDER@32x32` and `text:FILE`. A name that ends in `.csv` or `.csv.gz`
    /// is a CSV file, too.
    ///
    /// @throws InvalidArgument if there is none of this name; the message suggests the nearest
    /// @throws dev.adjoint.data.UnreadableData if what should be a path cannot be one
    static DataSource parse(String name) {
        return DataNames.parse(name);
    }

    /// All examples.
    ///
    /// @throws dev.adjoint.data.UnreadableData if they cannot be read
    /// @throws InvalidArgument if the source is text, which has no labelled examples
    Dataset dataset();

    /// The examples in two parts: as the source itself parts them, where it does, otherwise as [Dataset#split].
    ///
    /// @throws dev.adjoint.data.UnreadableData if they cannot be read
    /// @throws InvalidArgument if the fraction does not fit, or the source is text
    default Split split(double testFraction, Key key) {
        return dataset().split(testFraction, key);
    }

    /// Data inside Adjoint.
    ///
    /// @param name one of [Datasets#names]
    record Embedded(String name) implements DataSource {
        @Override
        public Dataset dataset() {
            return Datasets.named(name);
        }
    }

    /// A generated set, always of the same key.
    ///
    /// @param set which one
    record Generated(GeneratedSet set) implements DataSource {
        private static final Key KEY = Key.of(0);

        @Override
        public Dataset dataset() {
            return set.make(KEY);
        }
    }

    /// A table.
    ///
    /// @param file comma-separated text with the label in the last column
    record CsvFile(Path file) implements DataSource {
        /// Its columns as they are there, before categories become features.
        public TypedTable table() {
            return TypedCsv.table().read(file);
        }

        @Override
        public Dataset dataset() {
            return table().dataset();
        }
    }

    /// Images and labels in the form of MNIST.
    ///
    /// @param folder where the files are
    /// @param classNames empty for the numbers of the classes
    record IdxFiles(Path folder, List<String> classNames) implements DataSource {
        public IdxFiles {
            classNames = List.copyOf(classNames);
        }

        IdxFolder files() {
            return IdxFolder.of(folder).classes(classNames);
        }

        @Override
        public Dataset dataset() {
            return files().all();
        }

        @Override
        public Split split(double testFraction, Key key) {
            return files().split().orElseGet(() -> dataset().split(testFraction, key));
        }
    }

    /// A downloaded set, in the folder that `adjoint data fetch` puts it in.
    ///
    /// @param set which one
    record Downloaded(RemoteSet set) implements DataSource {
        private static final List<String> FASHION = List.of(
                "T-shirt/top",
                "trouser",
                "pullover",
                "dress",
                "coat",
                "sandal",
                "shirt",
                "sneaker",
                "bag",
                "ankle boot");

        /// Where `adjoint data fetch` puts a set, unless told otherwise.
        public static Path folder(RemoteSet set) {
            return Path.of("datasets", set.label());
        }

        IdxFiles files() {
            Path folder = folder(set);
            if (!Files.isDirectory(folder)) {
                throw SourceFile.failure(
                        folder,
                        "no such folder; 'adjoint data fetch " + set.label() + "' brings " + set.label()
                                + ", and if it is elsewhere, it is called idx:FOLDER");
            }
            return new IdxFiles(folder, set.equals(RemoteSet.FASHION_MNIST) ? FASHION : List.of());
        }

        @Override
        public Dataset dataset() {
            return files().dataset();
        }

        @Override
        public Split split(double testFraction, Key key) {
            return files().split(testFraction, key);
        }
    }

    /// A folder of images.
    ///
    /// @param folder with one sub-folder for each class
    /// @param size what the images are brought to; empty if they have one size already
    /// @param leftOut images that are not to be read
    record Images(Path folder, Optional<Size> size, List<ImageFolder.Corrupt> leftOut) implements DataSource {
        /// Rows and columns.
        public record Size(int height, int width) {}

        public Images {
            leftOut = List.copyOf(leftOut);
        }

        /// All images of a folder.
        public Images(Path folder, Optional<Size> size) {
            this(folder, size, List.of());
        }

        /// The same folder without the images that cannot be read; they are then [#leftOut]. This reads all of them.
        ///
        /// @throws dev.adjoint.data.UnreadableData if the folder cannot be read
        public Images withoutCorrupt() {
            ImageFolder all = isUnlabelled() ? ImageFolder.unlabelled(folder).orElseThrow() : ImageFolder.of(folder);
            return new Images(folder, size, all.corrupt());
        }

        /// The images, which are read when they are asked for.
        public ImageFolder open() {
            return formed(ImageFolder.of(folder));
        }

        /// Whether the images lie in the folder itself, so that nobody says their classes.
        public boolean isUnlabelled() {
            return ImageFolder.unlabelled(folder).isPresent();
        }

        /// The images in the folder itself, all of the one class `?`.
        ///
        /// @throws dev.adjoint.data.UnreadableData if there are none, or they cannot be read
        public Dataset unlabelled() {
            return formed(ImageFolder.unlabelled(folder)
                            .orElseThrow(() -> SourceFile.failure(folder, "holds no PNG or JPEG files itself")))
                    .dataset();
        }

        private ImageFolder formed(ImageFolder images) {
            ImageFolder sized =
                    size.map(s -> images.resized(s.height(), s.width())).orElse(images);
            return leftOut.isEmpty() ? sized : sized.without(leftOut);
        }

        @Override
        public Dataset dataset() {
            return open().dataset();
        }
    }

    /// A text.
    ///
    /// @param file in UTF-8
    record Text(Path file) implements DataSource {
        /// The whole text.
        ///
        /// @throws dev.adjoint.data.UnreadableData if it cannot be read
        public String read() {
            return TextFile.read(file);
        }

        @Override
        public Dataset dataset() {
            throw new InvalidArgument(
                    "text:" + file + " is text, which has no labelled examples; a model of language takes it");
        }
    }
}

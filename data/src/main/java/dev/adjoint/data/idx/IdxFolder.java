package dev.adjoint.data.idx;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.NumberedClasses;
import dev.adjoint.data.SourceFile;
import dev.adjoint.data.Split;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// A folder with the files of MNIST, Fashion-MNIST and others of their form: images `[n,height,width]` of unsigned bytes and
/// one label for each, in a training part, a test part or both.
///
/// The files are called `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte` and
/// `t10k-labels-idx1-ubyte`, perhaps with something before it, `.idx` for `-idx`, and `.gz` after it. Images become
/// features `[1,height,width]` in 0 … 1.
public final class IdxFolder {
    private static final float WHITE = 255;
    private static final String NAME = "(?:.*[-_.])?%s[-_]%s[-.]idx%d-ubyte(?:\\.gz)?";

    private final Path folder;
    private final List<String> classNames;

    /// The parts of a folder; each is named as its files are.
    private enum Part {
        TRAIN("train"),
        TEST("(?:t10k|test)");

        private final String pattern;

        Part(String pattern) {
            this.pattern = pattern;
        }
    }

    /// The examples of a part, and the file that their labels are in.
    private record Read(Dataset dataset, Path labelFile) {}

    private IdxFolder(Path folder, List<String> classNames) {
        this.folder = folder;
        this.classNames = List.copyOf(classNames);
    }

    /// The folder, which is read when a part is asked for. The classes are 0 to the largest label; [NumberedClasses#stray] says
    /// which label is none.
    public static IdxFolder of(Path folder) {
        return new IdxFolder(folder, List.of());
    }

    /// The same folder with these classes: a label is an index into them.
    public IdxFolder classes(List<String> names) {
        return new IdxFolder(folder, names);
    }

    /// All examples: the training part, then the test part, or the only one there is.
    ///
    /// @throws UnreadableData if there is no such folder, it holds no images, or a file in it cannot be used: the message
    ///     names the file
    public Dataset all() {
        List<Read> parts = new ArrayList<>();
        for (Part part : Part.values()) {
            read(part).ifPresent(parts::add);
        }
        if (parts.isEmpty()) {
            throw SourceFile.failure(
                    folder,
                    "holds no IDX images; expected are files such as train-images-idx3-ubyte.gz and"
                            + " train-labels-idx1-ubyte.gz, which 'adjoint data fetch mnist' brings");
        }
        requireNoStray(parts);
        return together(parts.stream().map(Read::dataset).toList());
    }

    /// The training part and the test part, where the folder holds both.
    ///
    /// @throws UnreadableData as [#all] does
    public Optional<Split> split() {
        Optional<Read> trainFiles = read(Part.TRAIN);
        Optional<Read> testFiles = read(Part.TEST);
        if (trainFiles.isEmpty() || testFiles.isEmpty()) {
            return Optional.empty();
        }
        requireNoStray(List.of(trainFiles.get(), testFiles.get()));
        Dataset train = trainFiles.get().dataset;
        Dataset test = testFiles.get().dataset;
        // Both parts have the classes of both: one of them may lack the last class.
        int classes = Math.max(classes(train), classes(test));
        return Optional.of(new Split(withClasses(train, classes), withClasses(test, classes)));
    }

    /// What the parts hold together decides: one of them may be small.
    private void requireNoStray(List<Read> parts) {
        if (!classNames.isEmpty()) {
            return;
        }
        long[] all = parts.stream()
                .flatMapToLong(part -> LongStream.of(part.dataset.labels().toLongs()))
                .toArray();
        NumberedClasses.stray(all).ifPresent(stray -> {
            int row = stray.example();
            int part = 0;
            while (row >= parts.get(part).dataset.size()) {
                row -= parts.get(part).dataset.size();
                part++;
            }
            throw SourceFile.failure(
                    parts.get(part).labelFile,
                    "the label " + stray.label() + " of example " + row + " " + stray.reason());
        });
    }

    private Dataset together(List<Dataset> parts) {
        if (parts.size() == 1) {
            return parts.getFirst();
        }
        int classes = parts.stream().mapToInt(IdxFolder::classes).max().orElseThrow();
        return Dataset.concat(
                title(), parts.stream().map(part -> withClasses(part, classes)).toList());
    }

    private static int classes(Dataset dataset) {
        return dataset.classNames().size();
    }

    private Dataset withClasses(Dataset part, int classes) {
        return Dataset.of(
                part.name(),
                part.features(),
                part.labels(),
                classNames.isEmpty() ? NumberedClasses.names(classes) : classNames);
    }

    private String title() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    private Optional<Read> read(Part part) {
        Optional<Path> images = find(NAME.formatted(part.pattern, "images", 3));
        if (images.isEmpty()) {
            return Optional.empty();
        }
        Path labels = find(NAME.formatted(part.pattern, "labels", 1))
                .orElseThrow(() -> SourceFile.failure(images.get(), "there is no file of labels beside it"));
        return Optional.of(new Read(dataset(images.get(), labels), labels));
    }

    private Optional<Path> find(String pattern) {
        if (!Files.isDirectory(folder)) {
            throw SourceFile.failure(folder, Files.exists(folder) ? "is a file, not a folder" : "no such folder");
        }
        Predicate<String> fits =
                Pattern.compile(pattern, Pattern.CASE_INSENSITIVE).asMatchPredicate();
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> fits.test(String.valueOf(file.getFileName())))
                    .min(Path::compareTo);
        } catch (IOException e) {
            throw new UnreadableData(folder + ": " + SourceFile.reason(e), e);
        }
    }

    private Dataset dataset(Path imageFile, Path labelFile) {
        Array images = numbers(imageFile, "images [n,height,width]", 3);
        Array labels = numbers(labelFile, "labels [n]", 1);
        long size = images.type().dim(0);
        if (size != labels.type().dim(0)) {
            throw SourceFile.failure(
                    labelFile,
                    "holds " + labels.type().dim(0) + " labels, but " + imageFile.getFileName() + " holds " + size
                            + " images");
        }
        if (images.elements().count() == 0) {
            throw SourceFile.failure(imageFile, "holds no images");
        }
        int classes = requireClasses(labelFile, labels.toLongs());
        TensorType type = TensorType.of(
                DType.F32, size, 1, images.type().dim(1), images.type().dim(2));
        return Dataset.of(
                title(),
                Array.of(type, Elements.wrap(scaled(images.elements().bytes()))),
                Array.of(labels.toLongs()),
                classNames.isEmpty() ? NumberedClasses.names(classes) : classNames);
    }

    private static Array numbers(Path file, String what, int rank) {
        Array numbers = Idx.read(file);
        if (numbers.type().dtype() != DType.U8 || numbers.type().rank() != rank) {
            throw SourceFile.failure(
                    file, "holds " + numbers.type() + ", but " + what + " of unsigned bytes (u8) are expected");
        }
        return numbers;
    }

    private int requireClasses(Path file, long[] labels) {
        long largest = 0;
        for (int i = 0; i < labels.length; i++) {
            largest = Math.max(largest, labels[i]);
            if (!classNames.isEmpty() && labels[i] >= classNames.size()) {
                throw SourceFile.failure(
                        file,
                        "the label " + labels[i] + " of example " + i + " is outside the " + classNames.size()
                                + " classes (0 to " + (classNames.size() - 1) + ")");
            }
        }
        return (int) largest + 1;
    }

    private static float[] scaled(byte[] pixels) {
        float[] scaled = new float[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            scaled[i] = Byte.toUnsignedInt(pixels[i]) / WHITE;
        }
        return scaled;
    }
}

package dev.adjoint.data.image;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.Examples;
import dev.adjoint.data.SourceFile;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.data.transform.Image;
import dev.adjoint.data.transform.ImageTransform;
import dev.adjoint.data.transform.Resize;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A folder with one sub-folder for each class, which holds its PNG and JPEG files. Classes and files are in alphabetical order.
///
/// As [Examples], an image is read when a batch needs it, so that only those of the batch are in memory; [#dataset] reads all.
public final class ImageFolder implements Examples {
    /// More damaged files than this are no help in one line.
    private static final int SHOWN = 20;

    private static final float[] GREY = {0.299f, 0.587f, 0.114f};

    private final Path folder;
    private final List<String> classNames;
    private final List<Labelled> files;
    private final Form form;

    private enum Channels {
        COLOR,
        GREY
    }

    /// What is made of an image.
    private record Form(Optional<Resize> size, Channels channels) {}

    /// A file and its class.
    record Labelled(Path file, int label) {}

    /// An image that cannot be read.
    ///
    /// @param file its path
    /// @param reason one line that begins with the path
    public record Corrupt(Path file, String reason) {}

    private ImageFolder(Path folder, List<String> classNames, List<Labelled> files, Form form) {
        this.folder = folder;
        this.classNames = classNames;
        this.files = files;
        this.form = form;
    }

    /// The images of a folder, `[3,height,width]` in 0 … 1. Only names are read.
    ///
    /// @throws UnreadableData if there is no such folder, it has no sub-folders, or one of them holds no image
    public static ImageFolder of(Path folder) {
        FolderListing listing = FolderListing.of(folder);
        return new ImageFolder(
                folder, listing.classNames(), listing.files(), new Form(Optional.empty(), Channels.COLOR));
    }

    /// The images in a folder itself, whose classes nobody says: all have the one class `?`. Empty if it has sub-folders, or
    /// no images.
    ///
    /// @throws UnreadableData if there is no such folder
    public static Optional<ImageFolder> unlabelled(Path folder) {
        return FolderListing.flat(folder)
                .map(listing -> new ImageFolder(
                        folder, listing.classNames(), listing.files(), new Form(Optional.empty(), Channels.COLOR)));
    }

    /// The same images in this size.
    ///
    /// @throws InvalidArgument if a size is below 1
    public ImageFolder resized(int height, int width) {
        return new ImageFolder(
                folder, classNames, files, new Form(Optional.of(new Resize(height, width)), form.channels));
    }

    /// The same images with one channel, 0.299·red + 0.587·green + 0.114·blue.
    public ImageFolder grey() {
        return new ImageFolder(folder, classNames, files, new Form(form.size, Channels.GREY));
    }

    /// The images that cannot be read. This reads all of them.
    public List<Corrupt> corrupt() {
        return files.parallelStream()
                .flatMap(labelled -> corrupt(labelled.file).stream())
                .toList();
    }

    private static Optional<Corrupt> corrupt(Path file) {
        try {
            ImageFile.read(file);
            return Optional.empty();
        } catch (UnreadableData e) {
            return Optional.of(new Corrupt(file, String.valueOf(e.getMessage())));
        }
    }

    /// The other images: `folder.without(folder.corrupt())` leaves out what cannot be read. Classes keep their numbers.
    ///
    /// @throws UnreadableData if none would be left
    public ImageFolder without(List<Corrupt> left) {
        Set<Path> gone = left.stream().map(Corrupt::file).collect(Collectors.toCollection(HashSet::new));
        List<Labelled> rest =
                files.stream().filter(labelled -> !gone.contains(labelled.file)).toList();
        if (rest.isEmpty()) {
            throw SourceFile.failure(folder, "none of its " + files.size() + " images can be read");
        }
        return new ImageFolder(folder, classNames, rest, form);
    }

    /// The names of the classes, which are those of the sub-folders.
    public List<String> classNames() {
        return classNames;
    }

    /// The path of an image.
    public Path file(int row) {
        return files.get(row).file;
    }

    @Override
    public int size() {
        return files.size();
    }

    @Override
    public Batch batch(int... rows) {
        for (int row : rows) {
            if (row < 0 || row >= size()) {
                throw new InvalidArgument(
                        "image folder " + folder + " has no row " + row + "; its rows are 0 to " + (size() - 1));
            }
        }
        return stacked(rows, Arrays.stream(rows).mapToObj(this::image).toList());
    }

    private Batch stacked(int[] rows, List<Image> images) {
        requireOneSize(rows, images);
        long[] labels =
                Arrays.stream(rows).mapToLong(row -> files.get(row).label).toArray();
        return new Batch(ImageTransform.stacked(images), Array.of(labels));
    }

    private Image image(int row) {
        Image read = ImageFile.read(files.get(row).file);
        // A resize needs no key.
        Image sized = form.size.map(resize -> resize.apply(read, Key.of(0))).orElse(read);
        return form.channels == Channels.COLOR ? sized : grey(sized);
    }

    private static Image grey(Image image) {
        float[] pixels = new float[image.height() * image.width()];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    pixels[y * image.width() + x] += GREY[channel] * image.get(channel, y, x);
                }
            }
        }
        return Image.of(1, image.height(), image.width(), pixels);
    }

    private void requireOneSize(int[] rows, List<Image> images) {
        Image first = images.getFirst();
        for (int i = 1; i < rows.length; i++) {
            Image other = images.get(i);
            if (other.height() != first.height() || other.width() != first.width()) {
                throw SourceFile.failure(
                        folder,
                        "its images differ in size: " + shown(rows[0]) + " is " + first.height() + "×" + first.width()
                                + ", " + shown(rows[i]) + " is " + other.height() + "×" + other.width()
                                + "; give them one size, as in images:FOLDER@32x32");
            }
        }
    }

    private String shown(int row) {
        return folder.relativize(files.get(row).file).toString();
    }

    /// All images in memory.
    ///
    /// @throws UnreadableData if images cannot be read, with their number and the first of them, or differ in size
    public Dataset dataset() {
        int[] rows = IntStream.range(0, size()).toArray();
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        Batch all = stacked(rows, images(rows));
        return Dataset.of(name, Array.of(all.features()), Array.of(all.labels()), classNames);
    }

    private List<Image> images(int[] rows) {
        try {
            return Arrays.stream(rows).parallel().mapToObj(this::image).toList();
        } catch (UnreadableData e) {
            // One is known; the user wants to know of all.
            List<Corrupt> corrupt = corrupt();
            String first = corrupt.stream().limit(SHOWN).map(Corrupt::reason).collect(Collectors.joining("; "));
            throw new UnreadableData(
                    folder + ": " + corrupt.size() + " of its " + size() + " images cannot be read: " + first
                            + (corrupt.size() > SHOWN ? "; and " + (corrupt.size() - SHOWN) + " others" : "")
                            + "; repair them, take them away, or leave them out with --skip-corrupt",
                    e);
        }
    }
}

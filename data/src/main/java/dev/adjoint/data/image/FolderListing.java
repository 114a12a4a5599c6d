package dev.adjoint.data.image;

import dev.adjoint.data.SourceFile;
import dev.adjoint.data.UnreadableData;
import dev.adjoint.data.image.ImageFolder.Labelled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The names below a folder of classes.
///
/// @param classNames the sub-folders in alphabetical order
/// @param files their images
record FolderListing(List<String> classNames, List<Labelled> files) {
    private static final Predicate<String> IMAGE =
            Pattern.compile("[^.].*\\.(png|jpe?g)", Pattern.CASE_INSENSITIVE).asMatchPredicate();

    static FolderListing of(Path folder) {
        List<Path> classes = subFolders(folder);
        if (classes.isEmpty()) {
            throw SourceFile.failure(folder, "has no sub-folders; expected is one for each class, with its images");
        }
        List<Labelled> files = new ArrayList<>();
        for (int label = 0; label < classes.size(); label++) {
            List<Path> images = images(classes.get(label));
            if (images.isEmpty()) {
                throw SourceFile.failure(
                        classes.get(label), "holds no PNG or JPEG files, so its class has no examples");
            }
            for (Path image : images) {
                files.add(new Labelled(image, label));
            }
        }
        return new FolderListing(classes.stream().map(FolderListing::name).toList(), List.copyOf(files));
    }

    /// The images in the folder itself, all of the one class `?`; empty if it has sub-folders or no images.
    static Optional<FolderListing> flat(Path folder) {
        List<Path> images = subFolders(folder).isEmpty() ? images(folder) : List.of();
        return Optional.of(images).filter(list -> !list.isEmpty()).map(list -> {
            List<Labelled> files =
                    list.stream().map(image -> new Labelled(image, 0)).toList();
            return new FolderListing(List.of("?"), files);
        });
    }

    private static List<Path> subFolders(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw SourceFile.failure(folder, Files.exists(folder) ? "is a file, not a folder" : "no such folder");
        }
        return list(folder).stream()
                .filter(path -> Files.isDirectory(path) && !name(path).startsWith("."))
                .toList();
    }

    private static List<Path> images(Path folder) {
        return list(folder).stream().filter(path -> IMAGE.test(name(path))).toList();
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> paths = Files.list(folder)) {
            return paths.sorted().toList();
        } catch (IOException e) {
            throw new UnreadableData(folder + ": " + SourceFile.reason(e), e);
        }
    }
}

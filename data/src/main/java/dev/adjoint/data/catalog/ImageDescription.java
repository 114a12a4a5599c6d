package dev.adjoint.data.catalog;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.image.ImageFolder;
import java.util.List;
import java.util.stream.Collectors;

/// The description of images, whether in IDX files or in a folder.
final class ImageDescription {
    /// More damaged files than this are no help in a list.
    private static final int SHOWN = 5;

    private ImageDescription() {}

    static Description of(DataSource.IdxFiles source) {
        Description all = Description.of(source.dataset());
        return source.files()
                .split()
                .map(split -> all.with(
                        "parts",
                        split.train().size() + " training examples, "
                                + split.test().size() + " test examples"))
                .orElse(all);
    }

    static Description of(DataSource.Images source) {
        ImageFolder images = source.open();
        List<ImageFolder.Corrupt> corrupt = images.corrupt();
        Dataset rest = (corrupt.isEmpty() ? images : images.without(corrupt)).dataset();
        Description description = Description.of(rest);
        if (corrupt.isEmpty()) {
            return description;
        }
        String first =
                corrupt.stream().limit(SHOWN).map(ImageFolder.Corrupt::reason).collect(Collectors.joining("; "));
        return description.with(
                "corrupt", corrupt.size() + ": " + first + (corrupt.size() > SHOWN ? " and others" : ""));
    }
}

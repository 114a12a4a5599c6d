package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.training.ReadableImages;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.image.ImageFolder.Corrupt;
import java.util.List;

/// Says which images were left out, as they cannot be read.
final class LeftOut {
    private LeftOut() {}

    /// The part of a source that can be read; what is left of it goes to the error stream.
    static DataSource report(Console console, DataSource source) {
        DataSource.Images readable = Named.checked(() -> ReadableImages.of(source));
        report(console, readable.leftOut());
        return readable;
    }

    static void report(Console console, List<Corrupt> images) {
        if (!images.isEmpty()) {
            console.err()
                    .println("left out " + images.size() + (images.size() == 1 ? " image" : " images")
                            + " that cannot be read:");
            images.forEach(image -> console.err().println("  " + image.reason()));
        }
    }
}

package dev.adjoint.cli.training;

import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.tensor.InvalidArgument;

/// What `--skip-corrupt` makes of a source.
public final class ReadableImages {
    private ReadableImages() {}

    /// The images that can be read; the source knows those that cannot. This reads all of them.
    ///
    /// @throws InvalidArgument if the source is no folder of images
    public static DataSource.Images of(DataSource source) {
        if (source instanceof DataSource.Images images) {
            return images.withoutCorrupt();
        }
        throw new InvalidArgument(
                "--skip-corrupt leaves out images that cannot be read, and the data is no folder of images; leave it out");
    }
}

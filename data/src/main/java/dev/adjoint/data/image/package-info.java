/// Folders of images. In come PNG and JPEG files, one sub-folder for each class; out go data sets, or examples that are read
/// when a batch needs them. An image that cannot be read is told with its path.
@NullMarked
package dev.adjoint.data.image;

import org.jspecify.annotations.NullMarked;

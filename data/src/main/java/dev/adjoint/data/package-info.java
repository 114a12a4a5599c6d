/// Datasets, loaders, batching, augmentation and embedded data. In come files or arrays, out go batches.
@NullMarked
package dev.adjoint.data;

import org.jspecify.annotations.NullMarked;

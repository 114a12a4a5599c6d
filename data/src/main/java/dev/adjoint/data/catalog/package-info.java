/// Data by name. In comes what a user writes (`digits`, `moons`, `csv:FILE`, `idx:FOLDER`, `images:FOLDER`, `text:FILE`); out
/// goes the data behind it, its description, or the nearest names where there is none. This is the one place that knows all
/// kinds of data.
@NullMarked
package dev.adjoint.data.catalog;

import org.jspecify.annotations.NullMarked;

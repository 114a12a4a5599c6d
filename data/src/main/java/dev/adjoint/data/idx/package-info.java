/// The IDX format of MNIST and its successors. In come files of numbers with their sizes, or a folder with images and
/// labels; out go arrays and data sets, or one line that says what is wrong with which file.
@NullMarked
package dev.adjoint.data.idx;

import org.jspecify.annotations.NullMarked;

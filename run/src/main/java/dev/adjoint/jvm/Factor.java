package dev.adjoint.jvm;

/// A matrix inside an array: element (r, k) stands at offset + r·rowStride + k·depthStride.
///
/// @param array a primitive array
/// @param offset where the matrix starts
/// @param rows the number of rows
/// @param rowStride the distance of two rows
/// @param depthStride the distance of two elements of a row
record Factor(Object array, int offset, int rows, int rowStride, int depthStride) {}

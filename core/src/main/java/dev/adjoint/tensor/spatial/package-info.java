/// Words for signals, images and volumes: convolutions, pooling, padding, resampling. In come a tensor and options, a
/// record with sensible defaults and `with…` methods; out come the operators of [dev.adjoint.op], so derivatives follow from
/// those.
@NullMarked
package dev.adjoint.tensor.spatial;

import org.jspecify.annotations.NullMarked;

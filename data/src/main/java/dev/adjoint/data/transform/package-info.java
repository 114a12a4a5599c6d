/// What changes examples on their way into training. In come images or batches and a random key for each example; out go
/// others of the same kind. The same key gives the same change, so a run can be repeated, whatever batch an example is in
/// and whichever thread works on it.
@NullMarked
package dev.adjoint.data.transform;

import org.jspecify.annotations.NullMarked;

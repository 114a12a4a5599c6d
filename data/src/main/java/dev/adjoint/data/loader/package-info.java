/// Loading ahead of training. In come examples, a transform and a key; out go the batches of an epoch in the order of the key,
/// made by virtual threads while the ones before are used. How many threads there are changes the time and nothing else.
@NullMarked
package dev.adjoint.data.loader;

import org.jspecify.annotations.NullMarked;

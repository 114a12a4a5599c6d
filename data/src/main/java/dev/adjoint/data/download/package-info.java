/// Data sets from the network. In come the name of a data set, a mirror and a folder; out go its files, each with the digest
/// that is known of it, or one line that says what went wrong and how to go on.
@NullMarked
package dev.adjoint.data.download;

import org.jspecify.annotations.NullMarked;

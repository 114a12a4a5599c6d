package dev.adjoint.data.generated;

import dev.adjoint.tensor.InvalidArgument;
import java.util.List;
import java.util.stream.IntStream;

/// What a generated set shall be like.
///
/// @param noise the standard deviation of what is added to every feature
record Request(String name, int classes, int size, double noise) {
    Request {
        if (classes < 2) {
            throw new InvalidArgument(name + ": the number of classes must be at least 2, not " + classes);
        }
        if (size < classes) {
            throw new InvalidArgument(name + ": " + classes + " classes need at least as many examples, not " + size);
        }
        if (!(noise >= 0 && noise < Double.POSITIVE_INFINITY)) {
            throw new InvalidArgument(name + ": the noise must be a number of at least 0, not " + noise);
        }
    }

    List<String> classNames() {
        return IntStream.range(0, classes).mapToObj(Integer::toString).toList();
    }
}

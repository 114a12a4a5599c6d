package dev.adjoint.tensor.spatial;

import java.util.List;
import java.util.stream.LongStream;

/// How much is put around the elements before a window slides over them.
public sealed interface Padding {
    /// Nothing: the window stays inside.
    record Valid() implements Padding {}

    /// So much that there are ⌈n/stride⌉ positions for n elements, half of it before them; of an odd number the larger half
    /// behind. This is `SAME` of TensorFlow and JAX, and, for stride 1, `same` of PyTorch.
    record Same() implements Padding {}

    /// So much before and behind: one margin for all axes, or one each.
    record Explicit(List<Margin> margins) implements Padding {
        public Explicit {
            margins = List.copyOf(margins);
        }
    }

    /// What is put before and behind the elements of an axis.
    record Margin(long low, long high) {}

    /// The same before and behind: one number for all axes, or one each.
    static Padding of(long... both) {
        return new Explicit(
                LongStream.of(both).mapToObj(each -> new Margin(each, each)).toList());
    }
}

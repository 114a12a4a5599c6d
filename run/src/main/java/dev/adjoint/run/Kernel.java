package dev.adjoint.run;

import dev.adjoint.tensor.Elements;
import java.util.Set;

/// Code that computes one cluster for fixed types.
@FunctionalInterface
public interface Kernel {
    /// Reads the inputs and writes the outputs; outputs share memory with inputs only as [#mayOverwrite] allows, and start as
    /// zeros, or as anything if [#overwrites].
    void run(Elements[] inputs, Elements[] outputs);

    /// Whether every element of the outputs is written, whatever it was before.
    default boolean overwrites() {
        return false;
    }

    /// Whether an output may stand in the memory of an input, whose numbers are then lost: only where each element of the
    /// input is read before the output's element in its place is written, and never afterwards.
    default boolean mayOverwrite(int input, int output) {
        return false;
    }

    /// This kernel for runs in a row, in which some inputs stay the same from the first to the last: what is made of them
    /// once need not be made again.
    ///
    /// @param constant the numbers of those inputs
    default InRow inRow(Set<Integer> constant) {
        return (inputs, outputs, _) -> run(inputs, outputs);
    }

    /// A kernel that runs some times in a row, for one thread at a time.
    @FunctionalInterface
    interface InRow {
        /// Runs once.
        void run(Elements[] inputs, Elements[] outputs, Turn turn);
    }

    /// Which run of a row it is.
    enum Turn {
        /// The first one: all inputs are new.
        FIRST,
        /// Another one: constant inputs hold what they held in the run before.
        LATER
    }
}

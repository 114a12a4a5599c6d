package dev.adjoint.cli.training;

import dev.adjoint.data.Dataset;
import dev.adjoint.run.Array;
import java.util.List;

/// Examples whose classes a network is asked for.
///
/// @param examples with the classes of the network
/// @param labels whether the labels mean anything
record Asked(Dataset examples, Labels labels) {
    enum Labels {
        /// The data says the class of every example.
        STATED,
        /// It does not; all labels are 0.
        ABSENT
    }

    /// Examples of which only the features are known.
    static Asked unlabelled(String name, Array features, List<String> classes) {
        Array zeros = Array.of(new long[Math.toIntExact(features.type().dim(0))]);
        return new Asked(Dataset.of(name, features, zeros, classes), Labels.ABSENT);
    }
}

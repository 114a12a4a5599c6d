package dev.adjoint.cli.training;

import dev.adjoint.data.Dataset;
import dev.adjoint.data.Standardisation;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.Optional;

/// What features need before a network sees them: columns of a table have their own units and are standardised, pixels
/// share one and are not.
final class Features {
    private Features() {}

    static boolean isTable(Shape example) {
        return example.rank() == 1;
    }

    /// Fitted on the training part alone.
    static Optional<Standardisation> of(Dataset train) {
        return isTable(train.exampleShape()) ? Optional.of(Standardisation.of(train)) : Optional.empty();
    }

    /// A standardisation of the right types; its numbers do not matter.
    static Standardisation like(Shape example) {
        Array zeros = Array.zeros(new TensorType(DType.F32, example));
        return new Standardisation(zeros, zeros);
    }
}

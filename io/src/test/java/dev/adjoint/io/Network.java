package dev.adjoint.io;

import dev.adjoint.tensor.Tensor;
import java.util.List;

/// A model as users write one. Public, because [dev.adjoint.tensor.Tree] looks at it from another module.
public record Network(Affine hidden, List<Affine> readouts, String activation) {
    public record Affine(Tensor weight, Tensor bias) {}
}

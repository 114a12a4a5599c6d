package dev.adjoint.op;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A computation inside an operator: what a loop repeats, what a branch does. A [dev.adjoint.graph.Graph], or a
/// formula of an operator, which is recorded as one where it is called.
public interface Body {
    /// The types of the arguments.
    List<TensorType> inputTypes();

    /// The types of the results.
    List<TensorType> outputTypes();

    /// The results for arguments of these types.
    List<Tensor> apply(List<? extends Tensor> arguments);
}

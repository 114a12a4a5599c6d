package dev.adjoint.op;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A computation inside an operator: what a loop repeats, what a branch does. [dev.adjoint.graph.Graph] is the one kind.
public interface Body {
    /// The types of the arguments.
    List<TensorType> inputTypes();

    /// The types of the results.
    List<TensorType> outputTypes();

    /// The results for arguments of these types.
    List<Tensor> apply(List<? extends Tensor> arguments);
}

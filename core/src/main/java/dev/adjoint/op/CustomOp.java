package dev.adjoint.op;

import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// An operator of a user: a record that states everything itself. The laws of the testkit apply to it.
///
/// Attributes are record components of the types that [dev.adjoint.graph.GraphText] prints.
public non-sealed interface CustomOp extends Primitive {
    /// Writes the results; the elements in `out` hold zeros.
    void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out);
}

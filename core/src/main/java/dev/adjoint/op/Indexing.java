package dev.adjoint.op;

import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.indexing.Scatter;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Operators that read or write at computed places, or find places. Each states its value, its transposes and its batched
/// form.
public sealed interface Indexing extends Primitive permits Gather, Scatter, Search {
    /// Writes the result for operands of the given types; `out` holds zeros.
    void evaluate(List<TensorType> types, List<Elements> operands, Elements out);
}

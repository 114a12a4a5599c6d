package dev.adjoint.op;

import dev.adjoint.op.indexing.ArgMax;
import dev.adjoint.op.indexing.ArgMin;
import dev.adjoint.op.indexing.ArgSort;
import dev.adjoint.op.indexing.ArgTopK;
import dev.adjoint.op.indexing.SearchSorted;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Operators that find places. Their results are integers, which jump: there is no derivative. Values at the places found
/// are read with [dev.adjoint.op.indexing.Gather], which has one.
public sealed interface Search extends Indexing permits ArgMax, ArgMin, ArgSort, ArgTopK, SearchSorted {
    @Override
    default List<Tensor> jvp(Call call, Tangents tangents) {
        throw new IllegalStateException(withoutDerivative());
    }

    @Override
    default Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        throw new IllegalStateException(withoutDerivative());
    }

    @Override
    default String withoutDerivative() {
        return "the result is an integer";
    }
}

package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Op;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What operators that call one body ask of their operands.
final class BodyLaw {
    private BodyLaw() {}

    static List<TensorType> infer(Op op, Body body, List<TensorType> operands) {
        if (!operands.equals(body.inputTypes())) {
            throw new InvalidArgument(op.name() + ": takes " + body.inputTypes() + ", not " + operands);
        }
        return body.outputTypes();
    }

    static void requireFloating(String operator, List<TensorType> types) {
        if (types.stream().anyMatch(type -> !type.dtype().isFloating())) {
            throw new DTypeMismatch(operator, types, "a derivative rule of one's own is for floating types only");
        }
    }
}

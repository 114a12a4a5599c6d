package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A loop of unknown length: while condition(c, k): c ← body(c, k).
///
/// Operands are the first carried values and the constants; results are the last carried values. Forward mode carries the
/// tangents along. Reverse mode is refused, because the number of steps to remember is unknown when memory is planned: use
/// [Scan], or `Loops.whileLoop` with a bound, which is one.
///
/// @param condition whether to go on, `bool[]`
/// @param body what is repeated
/// @param carries how many values are carried
public record While(Body condition, Body body, int carries) implements Control {
    public While {
        List<TensorType> carried = body.inputTypes().subList(0, carries);
        if (!body.outputTypes().equals(carried)) {
            throw new InvalidArgument("while: the body must return the carried values with the types it takes: "
                    + carried + ", not " + body.outputTypes());
        }
        if (!condition.inputTypes().equals(body.inputTypes())
                || !condition.outputTypes().equals(List.of(TensorType.of(DType.BOOL)))) {
            throw new InvalidArgument("while: the condition must take " + body.inputTypes() + " and return bool[], not "
                    + condition.outputTypes());
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        if (!operands.equals(body.inputTypes())) {
            throw new InvalidArgument("while: takes " + body.inputTypes() + ", not " + operands);
        }
        return body.outputTypes();
    }

    @Override
    public String formula() {
        return "while condition(c, k): c ← body(c, k)";
    }

    @Override
    public String withoutReverse() {
        return "the number of its steps is unknown when memory is planned";
    }

    @Override
    public String onnx() {
        return "Loop";
    }
}

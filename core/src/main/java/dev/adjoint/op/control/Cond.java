package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A branch: y = p ? yes(x) : no(x). Only the chosen body runs.
///
/// The first operand is the condition, `bool[]`; the others are the arguments of both bodies.
///
/// @param yes what happens if the condition holds
/// @param no what happens otherwise
public record Cond(Body yes, Body no) implements Control {
    public Cond {
        if (!yes.inputTypes().equals(no.inputTypes()) || !yes.outputTypes().equals(no.outputTypes())) {
            throw new InvalidArgument("cond: both branches must take and return the same types, not "
                    + yes.inputTypes() + " to " + yes.outputTypes() + " and " + no.inputTypes() + " to "
                    + no.outputTypes());
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        boolean condition = !operands.isEmpty() && operands.getFirst().equals(TensorType.of(DType.BOOL));
        if (!condition || !operands.subList(1, operands.size()).equals(yes.inputTypes())) {
            throw new InvalidArgument("cond: takes a condition bool[] and " + yes.inputTypes() + ", not " + operands);
        }
        return yes.outputTypes();
    }

    @Override
    public String formula() {
        return "p ? yes(x) : no(x)";
    }

    @Override
    public String onnx() {
        return "If";
    }
}

package dev.adjoint.op.elementwise;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Call;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Select;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A choice for every element: z = x where the condition holds, y elsewhere. The chosen operand receives the cotangent.
public record Where() implements Select {
    @Override
    public <S> S compute(Scalars<S> s, List<S> operands) {
        return s.select(operands.get(0), operands.get(1), operands.get(2));
    }

    @Override
    public Tensor partial(Call call, int operand) {
        Tensor chosen = operand == 1 ? call.x() : call.x().not();
        return chosen.to(call.out().dtype());
    }

    // Selected, not multiplied: an infinite cotangent must not turn into NaN where it is not wanted.
    @Override
    public Tensor scale(Call call, int operand, Tensor t) {
        Tensor nothing = t.constant(0);
        return operand == 1 ? call.x().where(t, nothing) : call.x().where(nothing, t);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, arity());
        if (operands.getFirst().dtype() != DType.BOOL) {
            throw new DTypeMismatch(
                    name(), operands, "the condition must be boolean; compare first, for instance x.gt(0)");
        }
        return Select.super.infer(operands);
    }

    @Override
    public String formula() {
        return "c ? x : y";
    }

    @Override
    public String vanishes(int operand) {
        return operand == 1 ? "where c does not hold" : "where c holds";
    }

    @Override
    public String onnx() {
        return "Where";
    }
}

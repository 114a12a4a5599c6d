package dev.adjoint.op.elementwise;

import dev.adjoint.op.Call;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Scalars;
import dev.adjoint.op.Unary;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Every element in another type: rounded to the nearest, fractions cut off for integers, "not zero" for booleans.
///
/// Between floating types the derivative is 1; integers and booleans carry none.
public record Cast(DType dtype) implements Unary {
    @Override
    public <S> S compute(Scalars<S> s, S x) {
        return x;
    }

    @Override
    public Tensor derivative(Tensor x, Tensor y) {
        return x.constant(1);
    }

    @Override
    public Tensor scale(Call call, int operand, Tensor t) {
        return t.dtype() == dtype ? t.to(call.x().dtype()) : t.to(dtype);
    }

    @Override
    public DType resultType(List<DType> operands) {
        return dtype;
    }

    @Override
    public DTypes accepts() {
        return DTypes.ANY;
    }

    @Override
    public String formula() {
        return "x as another type";
    }

    @Override
    public String onnx() {
        return "Cast";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Cast(DType.F64)).normal(2, 3),
                Sample.of(new Cast(DType.I32)).normal(4),
                Sample.of(new Cast(DType.BF16)).indices(999, 7),
                Sample.of(new Cast(DType.U8)).indices(5, 3),
                Sample.of(new Cast(DType.F64)).indices(5, 3));
    }
}

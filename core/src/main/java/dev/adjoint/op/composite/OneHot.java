package dev.adjoint.op.composite;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.op.source.Iota;
import dev.adjoint.tensor.*;
import java.util.*;

/// Class indices as rows that are 1 at the index and 0 elsewhere: y[…,j] = (c[…] = j). An index without class gives zeros.
///
/// @param classes the extent of the new last axis
/// @param dtype the element type of the result
public record OneHot(long classes, DType dtype) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1);
        TensorType labels = operands.getFirst();
        if (!labels.dtype().isInteger()) {
            throw new DTypeMismatch(name(), operands, "class indices must be integers; convert with c.to(DType.I64)");
        }
        return List.of(new TensorType(dtype, labels.shape().append(classes)));
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor labels = operands.getFirst();
        Tensor numbers = labels.create(new Iota(TensorType.of(labels.dtype(), classes), 0));
        return labels.expand(-1).eq(numbers).to(dtype);
    }

    @Override
    public String withoutDerivative() {
        return "the operand is an integer";
    }

    @Override
    public String formula() {
        return "y[…,j] = (c[…] = j)";
    }

    @Override
    public String onnx() {
        return "OneHot";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new OneHot(4, DType.F64)).indices(4, 3),
                Sample.of(new OneHot(3, DType.F32)).indices(5, 2, 2),
                Sample.of(new OneHot(3, DType.I32)).indices(3));
    }
}

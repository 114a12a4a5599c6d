package dev.adjoint.op.source;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Counting along one axis: y[…,i,…] = i.
///
/// @param type the type of the result
/// @param axis the axis along which the numbers rise; a negative one counts from the end
public record Iota(TensorType type, int axis) implements Source {
    public Iota {
        if (axis < -type.rank() || axis >= type.rank()) {
            throw new InvalidArgument(
                    "iota: axis " + axis + " does not exist in shape " + type.shape() + " of rank " + type.rank());
        }
        axis = type.shape().axis(axis);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 0);
        if (type.dtype() == DType.BOOL) {
            throw new DTypeMismatch(name(), List.of(type), "defined for numbers only");
        }
        return List.of(type);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long inner = type.shape().part(axis + 1, type.rank()).count();
        long extent = type.dim(axis);
        for (int i = 0; i < out.count(); i++) {
            out.setLong(i, i / inner % extent);
        }
    }

    @Override
    public String formula() {
        return "y[…,i,…] = i";
    }

    @Override
    public String onnx() {
        return "Range";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Iota(TensorType.of(DType.F64, 4), 0)),
                Sample.of(new Iota(TensorType.of(DType.I32, 2, 3, 2), 1)),
                Sample.of(new Iota(TensorType.of(DType.I64, 0), 0)));
    }
}

package dev.adjoint.op.source;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Numbers that are known when the graph is made.
public record Constant(TensorType type, Elements elements) implements Source {
    public Constant {
        if (elements.dtype() != type.dtype() || elements.count() != type.shape().count()) {
            throw new InvalidArgument(
                    "a constant of type " + type + " needs " + type.shape().count() + " elements of " + type.dtype()
                            + ", not " + elements.count() + " of " + elements.dtype());
        }
    }

    /// A number without axes.
    public static Constant scalar(DType dtype, double value) {
        return new Constant(TensorType.of(dtype), Elements.scalar(dtype, value));
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 0);
        return List.of(type);
    }

    @Override
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public void evaluate(List<Elements> operands, Elements out) {
        System.arraycopy(elements.array(), 0, out.array(), 0, out.count());
    }

    @Override
    public String formula() {
        return "given numbers";
    }

    @Override
    public String onnx() {
        return "Constant";
    }

    public static List<Sample> samples() {
        Elements special = Elements.wrap(new double[] {0, -0.0, 1e-300, Double.NaN, Double.POSITIVE_INFINITY, -2.5});
        return List.of(
                Sample.of(scalar(DType.F64, 1.5)),
                Sample.of(scalar(DType.BOOL, 1)),
                Sample.of(new Constant(TensorType.of(DType.F64, 2, 3), special)),
                Sample.of(new Constant(TensorType.of(DType.I64, 2), Elements.wrap(new long[] {Long.MIN_VALUE, 7}))));
    }
}

package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent waiting times at rate 1 that belong to a key: y = −ln(1 − u), u ~ U[0, 1). Divided by a rate they have it.
public record RandomExponential(TensorType type) implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RandomLaw.inferFloating(this, operands, type);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        for (int i = 0; i < out.count(); i++) {
            out.set(i, -StrictMath.log1p(-Philox.uniform(key, i)));
        }
    }

    @Override
    public String formula() {
        return "yᵢ ~ Exp(1)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomExponential(TensorType.of(DType.F64, 3, 3))).key(),
                Sample.of(new RandomExponential(TensorType.of(DType.F32, 5))).key());
    }
}

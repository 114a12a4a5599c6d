package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent uniform numbers in [0, 1) that belong to a key: multiples of 2⁻⁵³, in narrower types of 2 to the minus
/// [DType#precision].
public record RandomUniform(TensorType type) implements Source {

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RandomLaw.inferFloating(this, operands, type);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        double steps = Math.scalb(1.0, type.dtype().precision());
        int[] words = new int[4];
        for (int i = 0; i < out.count(); i++) {
            if ((i & 1) == 0) {
                Philox.words(key, i >>> 1, 0, words);
            }
            double uniform = Philox.uniform(words, i & 1);
            out.set(i, Math.floor(uniform * steps) / steps);
        }
    }

    @Override
    public String formula() {
        return "yᵢ ~ U[0, 1)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomUniform(TensorType.of(DType.F64, 3, 3))).key(),
                Sample.of(new RandomUniform(TensorType.of(DType.F32, 5))).key());
    }
}

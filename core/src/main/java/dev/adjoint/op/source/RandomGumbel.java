package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent numbers of Gumbel's law of largest values that belong to a key: y = −ln(−ln(1 − u)), u ~ U(0, 1).
///
/// The place of the largest of xᵢ + yᵢ is i with probability softmax(x)ᵢ.
public record RandomGumbel(TensorType type) implements Source {
    private static final double SMALLEST = 0x1.0p-54;

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RandomLaw.inferFloating(this, operands, type);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        for (int i = 0; i < out.count(); i++) {
            double uniform = Math.max(Philox.uniform(key, i), SMALLEST);
            out.set(i, -StrictMath.log(-StrictMath.log1p(-uniform)));
        }
    }

    @Override
    public String formula() {
        return "yᵢ ~ Gumbel(0, 1)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomGumbel(TensorType.of(DType.F64, 3, 3))).key(),
                Sample.of(new RandomGumbel(TensorType.of(DType.F32, 5))).key());
    }
}

package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent vectors of probabilities that belong to a key, one for every vector of parameters along the last axis:
/// y = g/Σ g with g ~ Gamma(α).
///
/// Operands are the key and the parameters α `[…,K]`, all above 0; a vector with another gives NaN. Computed from logarithms,
/// so parameters near 0 are exact too. Differentiating by α is refused.
///
/// @param size K, the extent of the last axis
public record RandomDirichlet(long size) implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        TensorType parameters = RandomLaw.parameters(this, operands);
        if (size < 1 || parameters.rank() < 1 || parameters.dim(-1) != size) {
            throw new ShapeMismatch(name(), operands, "parameters must be […," + size + "], of at least 1 number each");
        }
        return List.of(parameters);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        double[] logs = new double[(int) size];
        for (int start = 0; start < out.count(); start += logs.length) {
            double max = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < logs.length; i++) {
                logs[i] = GammaDraw.log(key, (long) start + i, operands.get(1).get(start + i));
                max = Math.max(max, logs[i]);
            }
            double total = 0;
            for (int i = 0; i < logs.length; i++) {
                logs[i] = StrictMath.exp(logs[i] - max);
                total += logs[i];
            }
            for (int i = 0; i < logs.length; i++) {
                out.set(start + i, logs[i] / total);
            }
        }
    }

    @Override
    public String withoutDerivative() {
        return "numbers drawn by rejection jump where a proposal is refused";
    }

    @Override
    public String formula() {
        return "yᵢ ~ Dirichlet(αᵢ)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomDirichlet(3)).key().uniform(0.1, 4, 2, 3),
                Sample.of(new RandomDirichlet(2)).key().uniform(0.5, 2, 2),
                Sample.of(new RandomDirichlet(2)).key().uniform(0.5, 2, 0, 2));
    }
}

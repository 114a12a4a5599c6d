package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent numbers of the gamma law that belong to a key, one for every shape parameter: density y^(α−1)·e^(−y)/Γ(α).
///
/// Operands are the key and the shape parameters α, all above 0; others give NaN. Multiplied by a scale they have it, and
/// that product is differentiable by the scale. Differentiating by α is refused. Source: Marsaglia, Tsang, 2000.
public record RandomGamma() implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return List.of(RandomLaw.parameters(this, operands));
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        for (int i = 0; i < out.count(); i++) {
            out.set(i, StrictMath.exp(GammaDraw.log(key, i, operands.get(1).get(i))));
        }
    }

    @Override
    public String withoutDerivative() {
        return "numbers drawn by rejection jump where a proposal is refused";
    }

    @Override
    public String formula() {
        return "yᵢ ~ Gamma(αᵢ, 1)";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomGamma()).key().uniform(0.1, 4, 2, 3),
                Sample.of(new RandomGamma()).key().uniform(0.5, 2),
                Sample.of(new RandomGamma()).key().uniform(0.5, 2, 0));
    }
}

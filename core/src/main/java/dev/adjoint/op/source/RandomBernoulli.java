package dev.adjoint.op.source;

import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Philox;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Independent booleans that belong to a key, each true with the given probability.
public record RandomBernoulli(Shape shape, double probability) implements Source {
    public RandomBernoulli {
        if (!(probability >= 0 && probability <= 1)) {
            throw new InvalidArgument("a probability lies between 0 and 1, not at " + probability);
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return RandomLaw.infer(this, operands, new TensorType(DType.BOOL, shape));
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        long key = operands.getFirst().getLong(0);
        int[] words = new int[4];
        for (int i = 0; i < out.count(); i++) {
            if ((i & 1) == 0) {
                Philox.words(key, i >>> 1, 0, words);
            }
            out.set(i, Philox.uniform(words, i & 1) < probability ? 1 : 0);
        }
    }

    @Override
    public String formula() {
        return "P(yᵢ) = p";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new RandomBernoulli(Shape.of(3, 3), 0.5)).key(),
                Sample.of(new RandomBernoulli(Shape.of(4), 0)).key());
    }
}

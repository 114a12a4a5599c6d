package dev.adjoint.op;

import dev.adjoint.op.source.*;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Operators whose result depends on no floating operand: inputs, constants, counting, random numbers. Their derivative is
/// zero. A random number may also belong to floating parameters; differentiating by them is refused.
public sealed interface Source extends Primitive
        permits Input,
                Constant,
                Iota,
                FoldKey,
                RandomUniform,
                RandomNormal,
                RandomBernoulli,
                RandomTruncatedNormal,
                RandomExponential,
                RandomGumbel,
                RandomGamma,
                RandomDirichlet,
                RandomInts,
                RandomPermutation,
                RandomChoice {
    /// Writes the result; `out` holds zeros.
    void evaluate(List<Elements> operands, Elements out);

    @Override
    default List<Tensor> jvp(Call call, Tangents tangents) {
        return List.of(call.out().zerosLike());
    }

    @Override
    default Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        return call.operand(operand).zerosLike();
    }

    /// An operand-free source is the same for every example; a random one draws from each example's own key.
    @Override
    default List<Tensor> batch(Batched operands) {
        if (operands.mapped().stream().noneMatch(m -> m)) {
            throw new IllegalStateException(name() + " has no operand to batch over");
        }
        List<Tensor> each = new ArrayList<>();
        for (long i = 0; i < operands.size(); i++) {
            each.add(example(operands, i));
        }
        return List.of(Tensor.stack(0, each));
    }

    private Tensor example(Batched operands, long index) {
        List<Tensor> own = IntStream.range(0, operands.operands().size())
                .mapToObj(i -> operands.repeated(i).take(0, index))
                .toList();
        return own.getFirst().apply(this, own).getFirst();
    }

    @Override
    default String withoutDerivative() {
        return "the result depends on no floating operand";
    }
}

package dev.adjoint.op.composite;

import dev.adjoint.op.Composite;
import dev.adjoint.op.DTypes;
import dev.adjoint.op.Sample;
import dev.adjoint.op.movement.*;
import dev.adjoint.tensor.*;
import java.util.*;

/// The running product along one axis: yᵢ = Πⱼ≤ᵢ xⱼ, in the element type of x.
///
/// Nothing is divided, so the derivatives of every order are exact at zeros too.
///
/// @param axis the axis; a negative one counts from the end
public record CumProd(int axis) implements Composite {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return Cumulation.check(this, operands, axis, DTypes.NUMERIC);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        return Cumulation.scan(operands.getFirst(), axis, Tensor::mul);
    }

    @Override
    public String formula() {
        return "Πⱼ≤ᵢ xⱼ";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new CumProd(0)).normal(5, 2),
                Sample.of(new CumProd(-1)).normal(2, 4),
                Sample.of(new CumProd(0)).uniform(0, 0, 3),
                Sample.of(new CumProd(1)).normal(2, 0, 2));
    }
}

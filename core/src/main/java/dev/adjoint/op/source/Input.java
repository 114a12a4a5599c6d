package dev.adjoint.op.source;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// An argument of a graph.
///
/// @param label the name it is printed under
/// @param type its type
public record Input(String label, TensorType type) implements Source {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 0);
        return List.of(type);
    }

    @Override
    public void evaluate(List<Elements> operands, Elements out) {
        throw new IllegalStateException("input " + label + " has no value of its own");
    }

    @Override
    public String formula() {
        return "an argument of the graph";
    }

    public static List<Sample> samples() {
        return List.of();
    }
}

package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Indexing;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// What stands at computed places along some axes: y[…,s,…] = x[…,i(s),…,k(s),…].
///
/// Operands are x and one integer tensor for every indexed axis; these broadcast together. In the result their axes stand
/// where the first indexed axis was, and the other indexed axes are gone. An index outside its axis is refused when it is
/// met, negative ones too. Derivative: the transpose is [Scatter] with [Scatter.Combine#ADD] into zeros.
///
/// @param axes the indexed axes, from 0, in rising order
public record Gather(List<Integer> axes) implements Indexing {
    public Gather {
        axes = IndexLaw.rising("gather", axes);
    }

    public Gather(int axis) {
        this(List.of(axis));
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 1 + axes.size());
        return List.of(IndexLaw.part(this, operands, axes));
    }

    @Override
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        read(places(types), operands, out);
    }

    /// Places for operands of some types, for runs in a row.
    public Places places(List<TensorType> types) {
        return Places.of(this, axes, types);
    }

    /// Reads what stands at the places that the operands name.
    ///
    /// @param places made for the operands' types
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public void read(Places places, List<Elements> operands, Elements out) {
        Object from = operands.getFirst().array();
        Object to = out.array();
        places.find(operands).each((whole, part, length) -> System.arraycopy(from, whole, to, part, length));
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        return List.of(tangents.of(0).gather(axes, indices(call)));
    }

    @Override
    public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        Tensor zeros = call.x().zerosLike();
        return zeros.scatter(Scatter.Combine.ADD, axes, indices(call), cotangents.getFirst());
    }

    private List<Tensor> indices(Call call) {
        return call.operands().subList(1, 1 + axes.size());
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        Tensor x = operands.x();
        BatchedIndices indices = new BatchedIndices(axes, operands);
        if (!indices.areMapped()) {
            return List.of(x.gather(indices.shifted(), indices.plain()));
        }
        if (!operands.isMapped(0)) {
            return List.of(x.gather(axes, indices.aligned()).moveAxis(axes.getFirst(), 0));
        }
        Tensor read = x.gather(indices.withBatch(), indices.withExamples());
        return List.of(read.permute(indices.indicesFirst(read.rank()).inverse()));
    }

    @Override
    public String formula() {
        return "y[…,s,…] = x[…,i(s),…]";
    }

    @Override
    public String vanishes(int operand) {
        return "to elements that no index reads";
    }

    @Override
    public String onnx() {
        return "Gather";
    }

    public static List<Sample> samples() {
        return List.of(
                Sample.of(new Gather(0)).normal(4, 2).indices(4, 3),
                Sample.of(new Gather(1)).normal(2, 3, 2).indices(3, 2, 2),
                Sample.of(new Gather(0)).normal(3).indices(3),
                Sample.of(new Gather(0)).normal(3, 2).indices(3, 0),
                Sample.of(new Gather(0)).normal(0, 2).indices(1, 0),
                Sample.of(new Gather(List.of(0, 1)))
                        .normal(3, 4, 2)
                        .indices(3, 5)
                        .indices(4, 5),
                Sample.of(new Gather(List.of(1, 3)))
                        .normal(2, 3, 2, 4, 2)
                        .indices(3, 2, 1)
                        .indices(4, 3),
                Sample.of(new Gather(List.of(0, 2)))
                        .normal(3, 0, 2)
                        .indices(3, 2)
                        .indices(2));
    }
}

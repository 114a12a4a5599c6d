package dev.adjoint.op.indexing;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.Indexing;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// x with updates combined into it at computed places: y = x; y[…,i(s),…] = combine(y[…,i(s),…], u[…,s,…]), one s after the
/// other.
///
/// Operands are x, one integer tensor for every indexed axis (these broadcast together), and the updates, whose shape is
/// that of [Gather] for the same axes. An index outside its axis is refused when it is met, negative ones too. Indices may
/// repeat: the result is then that of the updates in row-major order of the indices, on every backend.
///
/// Derivative: that of [Combine] for one place. Updates that tie for a maximum share the cotangent equally among
/// themselves and with x; of several that are set at one place, the last one receives it.
///
/// @param axes the indexed axes, from 0, in rising order
/// @param combine what becomes of the old value and an update
public record Scatter(List<Integer> axes, Combine combine) implements Indexing {
    /// What becomes of the old value at a place and an update for it.
    public enum Combine {
        /// The update: the last one, where there are several.
        SET,
        /// Their sum.
        ADD,
        /// Their product.
        MULTIPLY,
        /// The larger one; NaN if one is NaN.
        MAX,
        /// The smaller one; NaN if one is NaN.
        MIN
    }

    public Scatter {
        axes = IndexLaw.rising("scatter", axes);
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        Arity.check(this, operands, 2 + axes.size());
        TensorType x = operands.getFirst();
        TensorType updates = operands.getLast();
        TensorType wanted = IndexLaw.part(this, operands, axes);
        if (!updates.shape().equals(wanted.shape())) {
            throw new ShapeMismatch(name(), operands, "updates must have the shape " + wanted.shape());
        }
        if (updates.dtype() != x.dtype()) {
            throw new DTypeMismatch(
                    name(),
                    operands,
                    "updates must have the same element type; convert with u.to(DType."
                            + x.dtype().name() + ")");
        }
        if (x.dtype() == DType.BOOL && combine != Combine.SET) {
            throw new DTypeMismatch(name(), operands, "booleans can only be set; convert with x.to(DType.I32)");
        }
        return List.of(x);
    }

    @Override
    @SuppressWarnings("SuspiciousSystemArraycopy")
    public void evaluate(List<TensorType> types, List<Elements> operands, Elements out) {
        System.arraycopy(operands.getFirst().array(), 0, out.array(), 0, out.count());
        update(places(types), operands, out);
    }

    /// Places for operands of some types, for runs in a row.
    public Places places(List<TensorType> types) {
        return Places.of(this, axes, types);
    }

    /// Combines the updates into what stands in a table; the first operand is not read.
    ///
    /// @param places made for the operands' types
    public void update(Places places, List<Elements> operands, Elements out) {
        places.find(operands).each(Updates.of(combine, operands.getLast(), out));
    }

    @Override
    public List<Tensor> jvp(Call call, Tangents tangents) {
        ScatterPartials partials = new ScatterPartials(call, axes, combine);
        Tensor updates = partials.ofUpdates(tangents.of(call.operands().size() - 1));
        Tensor target = partials.ofTarget(tangents.of(0));
        return List.of(target.scatter(Combine.ADD, axes, partials.indices(), updates));
    }

    @Override
    public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
        ScatterPartials partials = new ScatterPartials(call, axes, combine);
        Tensor ct = cotangents.getFirst();
        return operand == 0 ? partials.ofTarget(ct) : partials.ofUpdates(ct.gather(axes, partials.indices()));
    }

    @Override
    public List<Tensor> batch(Batched operands) {
        Tensor x = operands.repeated(0);
        Tensor updates = operands.repeated(axes.size() + 1);
        BatchedIndices indices = new BatchedIndices(axes, operands);
        if (!indices.areMapped()) {
            return List.of(x.scatter(combine, indices.shifted(), indices.plain(), updates));
        }
        Tensor first = updates.permute(indices.indicesFirst(updates.rank()));
        return List.of(x.scatter(combine, indices.withBatch(), indices.withExamples(), first));
    }

    @Override
    public String formula() {
        return "y = x; y[…,i(s),…] = combine(y[…,i(s),…], u[…,s,…])";
    }

    public static List<Sample> samples() {
        List<Sample> samples = new ArrayList<>(List.of(
                Sample.of(new Scatter(List.of(1), Combine.ADD))
                        .normal(2, 3)
                        .indices(3, 2, 2)
                        .normal(2, 2, 2),
                Sample.of(new Scatter(List.of(0), Combine.ADD))
                        .normal(3)
                        .indices(3)
                        .normal(),
                Sample.of(new Scatter(List.of(0), Combine.SET))
                        .normal(3, 2)
                        .indices(3, 0)
                        .normal(0, 2),
                Sample.of(new Scatter(List.of(1, 3), Combine.ADD))
                        .normal(2, 3, 2, 2)
                        .indices(3, 2, 1)
                        .indices(2, 2)
                        .normal(2, 2, 2, 2),
                Sample.of(new Scatter(List.of(0), Combine.SET))
                        .booleans(3)
                        .indices(3, 2)
                        .booleans(2)));
        for (Combine combine : Combine.values()) {
            // Five updates of three places: some place gets several
            samples.add(Sample.of(new Scatter(List.of(0), combine))
                    .normal(3, 2)
                    .indices(3, 5)
                    .normal(5, 2));
            samples.add(Sample.of(new Scatter(List.of(1, 2), combine))
                    .normal(2, 2, 2)
                    .indices(2, 3)
                    .indices(2)
                    .normal(2, 3));
        }
        return List.copyOf(samples);
    }
}

package dev.adjoint.tensor;

import dev.adjoint.op.source.Constant;
import dev.adjoint.op.source.FoldKey;
import dev.adjoint.op.source.Iota;
import dev.adjoint.op.source.RandomBernoulli;
import dev.adjoint.op.source.RandomNormal;
import dev.adjoint.op.source.RandomUniform;

/// Numbers made from nothing: counting, and random numbers from a key. A key is a tensor of type `i64[]`.
public interface Randoms extends Algebra {
    /// [FoldKey]: this is a key.
    default Tensor foldKey(Tensor number) {
        return apply(new FoldKey(), number);
    }

    /// [FoldKey]: this is a key.
    default Tensor foldKey(long number) {
        Elements one = Elements.wrap(new long[] {number});
        return foldKey(create(new Constant(TensorType.of(DType.I64), one)));
    }

    /// [RandomUniform]: this is a key.
    default Tensor uniform(TensorType type) {
        return apply(new RandomUniform(type));
    }

    /// [RandomNormal]: this is a key.
    default Tensor normal(TensorType type) {
        return apply(new RandomNormal(type));
    }

    /// [RandomBernoulli]: this is a key.
    default Tensor bernoulli(Shape shape, double probability) {
        return apply(new RandomBernoulli(shape, probability));
    }

    /// [Iota]: the numbers 0, 1, … along an axis of the given type.
    default Tensor iota(TensorType type, int axis) {
        return create(new Iota(type, axis));
    }
}

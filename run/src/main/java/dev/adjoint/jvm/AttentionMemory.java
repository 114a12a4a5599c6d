package dev.adjoint.jvm;

import dev.adjoint.tensor.DType;
import java.lang.reflect.Array;

/// What one thread needs to go through a unit of attention: the keys and values of one matrix, and one block of everything that
/// queries have.
///
/// @param <M> the memory of a matrix
final class AttentionMemory<M> {
    final Blocks<M> blocks;
    final Scores scores;
    final M query;
    final M key;
    final M value;
    final M weights;
    final M result;

    /// The weights where loops read and write them.
    final Object weighed;

    final Object reciprocals;

    AttentionMemory(AttentionForm form, Blocks<M> blocks) {
        this.blocks = blocks;
        this.scores = Scores.of(form.dtype());
        this.query = blocks.allocate(form.rows * form.width);
        this.key = blocks.allocate(form.keys * form.width);
        this.value = blocks.allocate(form.keys * form.values);
        this.weights = blocks.allocate(form.rows * form.keys);
        this.result = blocks.allocate(form.rows * Math.max(form.values, form.width));
        this.weighed = array(form.dtype(), form.rows * form.keys);
        this.reciprocals = array(form.dtype(), form.rows);
    }

    static Object array(DType dtype, int elements) {
        return Array.newInstance(dtype == DType.F32 ? float.class : double.class, elements);
    }
}

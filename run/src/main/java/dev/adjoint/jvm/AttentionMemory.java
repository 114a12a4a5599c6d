package dev.adjoint.jvm;

import dev.adjoint.jvm.AttentionForm.Part;
import dev.adjoint.jvm.Blocks.Extents;
import dev.adjoint.jvm.Blocks.Layout;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.lang.reflect.Array;
import org.jspecify.annotations.Nullable;

/// What one thread needs to go through attention: a block of queries, a block of keys, and what they make. None of it grows with
/// the number of queries or keys.
///
/// @param <M> the memory of a matrix
final class AttentionMemory<M> {
    final AttentionForm form;
    final Blocks<M> blocks;
    final Scores scores;
    final M query;
    final M key;
    final M value;
    final M weights;
    final M result;

    /// The scores where loops read and write them.
    final ScoreBlock block;

    /// Which queries the thread is at, and which keys.
    final Part queries = new Part();

    final Part keys = new Part();

    /// What is known of the rows of a span of queries.
    final SoftmaxRows rows;

    private final Variants toScores;

    AttentionMemory(AttentionForm form, Blocks<M> blocks) {
        this.form = form;
        this.blocks = blocks;
        this.scores = Scores.of(form.dtype(), form.rows * form.columns);
        this.query = blocks.allocate(form.rows * form.width);
        this.key = blocks.allocate(form.columns * form.width);
        this.value = blocks.allocate(form.columns * form.values);
        this.weights = blocks.allocate(form.rows * form.columns);
        this.result = blocks.allocate(form.rows * Math.max(form.values, form.width));
        this.block = new ScoreBlock(scores.room());
        this.rows = new SoftmaxRows(form.rows * AttentionForm.SPAN, form.rows);
        this.toScores = new Variants((count, seen) ->
                blocks.multiply(new Extents(seen, count, form.width, Layout.RIGHT_TRANSPOSED), key, query, weights));
    }

    static Object array(DType dtype, int elements) {
        return Array.newInstance(dtype == DType.F32 ? float.class : double.class, elements);
    }

    /// Makes a computation for some queries and keys.
    interface Making {
        Runnable of(int queries, int keys);
    }

    /// A computation for every number of queries and keys that a block may have, each made when it is first wanted.
    final class Variants {
        private final @Nullable Runnable[] whole = new Runnable[form.columns + 1];
        private final @Nullable Runnable[] last = new Runnable[form.columns + 1];
        private final Making making;

        Variants(Making making) {
            this.making = making;
        }

        /// Computes for the queries and keys that the thread is at.
        void run() {
            @Nullable Runnable[] known = queries.count == form.rows ? whole : last;
            Runnable found = known[keys.count];
            if (found == null) {
                found = making.of(queries.count, keys.count);
                known[keys.count] = found;
            }
            found.run();
        }
    }

    /// Goes to the first block of a group of a matrix.
    void matrix(int unit) {
        queries.matrix = unit / form.groups;
        keys.matrix = queries.matrix;
    }

    /// Goes to a block of queries of the span that begins with another.
    void queries(int block, int spanStart) {
        queries.first = block * form.rows;
        queries.count = form.rowsOf(block);
        rows.at = (block - spanStart) * form.rows;
        rows.count = queries.count;
    }

    /// Goes to the first keys of a block.
    void keys(int keyBlock, int seen) {
        keys.first = keyBlock * form.columns;
        keys.count = seen;
    }

    /// Copies the current keys and values.
    void loadKeys(Elements[] inputs) {
        form.load(blocks, inputs, AttentionForm.KEY, keys, key);
        form.load(blocks, inputs, AttentionForm.VALUE, keys, value);
    }

    /// Computes the scores of the current queries with the current keys.
    void score(Elements[] inputs) {
        form.load(blocks, inputs, AttentionForm.QUERY, queries, query);
        toScores.run();
        blocks.copyOut(weights, 0, block.scores, 0, size());
        form.describe(block, inputs, queries, keys);
    }

    /// How many scores the current block has.
    int size() {
        return queries.count * keys.count;
    }

    /// Where the current queries begin in a result with rows of that length.
    int at(int length) {
        return (queries.matrix * form.queries + queries.first) * length;
    }
}

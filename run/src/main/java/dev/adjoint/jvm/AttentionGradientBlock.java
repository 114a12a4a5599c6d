package dev.adjoint.jvm;

import dev.adjoint.jvm.Blocks.Extents;
import dev.adjoint.jvm.Blocks.Layout;
import dev.adjoint.tensor.Elements;

/// What one thread needs for the reverse rule of attention, and what it does with a span of queries and a block of keys.
///
/// @param <M> the memory of a matrix
final class AttentionGradientBlock<M> {
    private final AttentionForm form;
    private final Blocks<M> blocks;
    private final AttentionMemory<M> at;
    private final Lines lines;
    private final M cotangent;
    private final M ofScores;
    private final M ofKey;
    private final M ofValue;

    /// The cotangents of the weights, and then of the scores, where loops read and write them.
    private final Object back;

    private final AttentionMemory<M>.Variants toWeights;
    private final AttentionMemory<M>.Variants toQueries;
    private final AttentionMemory<M>.Variants moreToQueries;
    private final AttentionMemory<M>.Variants toKeys;
    private final AttentionMemory<M>.Variants moreToKeys;
    private final AttentionMemory<M>.Variants toValues;
    private final AttentionMemory<M>.Variants moreToValues;

    private int unit;
    private Elements[] inputs = {};
    private Object ofQueries = new byte[0];
    private Object ofKeys = new byte[0];
    private Object ofValues = new byte[0];

    AttentionGradientBlock(AttentionForm form, Blocks<M> blocks) {
        this.form = form;
        this.blocks = blocks;
        this.at = new AttentionMemory<>(form, blocks);
        this.lines = Lines.of(form.dtype());
        this.cotangent = blocks.allocate(form.rows * form.values);
        this.ofScores = blocks.allocate(form.rows * form.columns);
        this.ofKey = blocks.allocate(form.columns * form.width);
        this.ofValue = blocks.allocate(form.columns * form.values);
        this.back = AttentionMemory.array(form.dtype(), form.rows * form.columns);
        toWeights = at.new Variants((rows, keys) -> blocks.multiply(
                new Extents(keys, rows, form.values, Layout.RIGHT_TRANSPOSED), at.value, cotangent, ofScores));
        toQueries =
                at.new Variants((rows, keys) -> blocks.multiply(toQueries(rows, keys), ofScores, at.key, at.result));
        moreToQueries =
                at.new Variants((rows, keys) -> blocks.accumulate(toQueries(rows, keys), ofScores, at.key, at.result));
        toKeys = at
        .new Variants((rows, keys) -> blocks.multiply(toKeys(rows, keys, form.width), ofScores, at.query, ofKey));
        moreToKeys = at
        .new Variants((rows, keys) -> blocks.accumulate(toKeys(rows, keys, form.width), ofScores, at.query, ofKey));
        toValues = at
        .new Variants((rows, keys) -> blocks.multiply(toKeys(rows, keys, form.values), at.weights, cotangent, ofValue));
        moreToValues = at.new Variants((rows, keys) ->
                blocks.accumulate(toKeys(rows, keys, form.values), at.weights, cotangent, ofValue));
    }

    private Extents toQueries(int rows, int keys) {
        return new Extents(rows, form.width, keys, Layout.LEFT_TRANSPOSED);
    }

    private static Extents toKeys(int rows, int keys, int length) {
        return new Extents(keys, length, rows, Layout.PLAIN);
    }

    /// What to read, and where to write.
    void work(Elements[] operands, Object toQueries, Object toKeys, Object toValues) {
        inputs = operands;
        ofQueries = toQueries;
        ofKeys = toKeys;
        ofValues = toValues;
    }

    /// Goes to a unit.
    void unit(int number) {
        unit = number;
        at.matrix(number);
    }

    /// Writes zeros for the keys of a unit without queries.
    void clear() {
        lines.fill(ofKeys, unit * form.keys * form.width, form.keys * form.width, 0);
        lines.fill(ofValues, unit * form.keys * form.values, form.keys * form.values, 0);
    }

    /// The first pass over all keys: maximum, sum and mean of the rows of a span.
    void findSums(int first, int last) {
        for (int keyBlock = 0; keyBlock < form.keyBlocks() && form.seen(last, keyBlock) > 0; keyBlock++) {
            at.keys(keyBlock, form.seen(last, keyBlock));
            at.loadKeys(inputs);
            for (int block = first; block <= last; block++) {
                at.queries(block, first);
                at.keys(keyBlock, form.seen(block, keyBlock));
                if (at.keys.count > 0) {
                    extend();
                }
            }
        }
        for (int block = first; block <= last; block++) {
            at.queries(block, first);
            at.rows.finish();
        }
    }

    /// Takes the current keys along in the sums of the current queries.
    private void extend() {
        if (at.keys.first == 0) {
            at.rows.clear();
        }
        at.score(inputs);
        at.scores.extend(at.block, at.rows);
        loadCotangents();
        at.scores.weigh(at.block, back, at.rows);
    }

    /// The cotangents of the current weights.
    private void loadCotangents() {
        form.load(blocks, inputs, AttentionForm.COTANGENT, at.queries, cotangent);
        toWeights.run();
        blocks.copyOut(ofScores, 0, back, 0, at.size());
    }

    /// A block of keys and the first span of its group, which sees the most keys; keys that nobody sees get zeros.
    void begin(int first, int last, int keyBlock) {
        int seen = form.seen(last, keyBlock);
        at.keys(keyBlock, seen);
        at.loadKeys(inputs);
        for (int block = last; block >= first && seen > 0; block--) {
            weights(block, first, keyBlock);
            if (block == last) {
                toKeys.run();
                toValues.run();
            } else if (at.keys.count > 0) {
                moreToKeys.run();
                moreToValues.run();
            }
        }
        int hidden = form.keysOf(keyBlock) - seen;
        at.keys(keyBlock, seen);
        handOut();
        lines.fill(ofKeys, (keysAt() + seen) * form.width, hidden * form.width, 0);
        lines.fill(ofValues, (keysAt() + seen) * form.values, hidden * form.values, 0);
    }

    /// A block of keys and another span, which sees no keys that those before it did not.
    void proceed(int first, int last, int keyBlock) {
        int seen = form.seen(last, keyBlock);
        at.keys(keyBlock, seen);
        at.loadKeys(inputs);
        blocks.copyIn(ofKeys, keysAt() * form.width, ofKey, 0, seen * form.width);
        blocks.copyIn(ofValues, keysAt() * form.values, ofValue, 0, seen * form.values);
        for (int block = last; block >= first; block--) {
            weights(block, first, keyBlock);
            if (at.keys.count > 0) {
                moreToKeys.run();
                moreToValues.run();
            }
        }
        at.keys(keyBlock, seen);
        handOut();
    }

    private int keysAt() {
        return unit * form.keys + at.keys.first;
    }

    private void handOut() {
        blocks.copyOut(ofKey, 0, ofKeys, keysAt() * form.width, at.keys.count * form.width);
        blocks.copyOut(ofValue, 0, ofValues, keysAt() * form.values, at.keys.count * form.values);
    }

    /// The weights of a block, the cotangents of its scores, and what queries get of them.
    private void weights(int block, int first, int keyBlock) {
        at.queries(block, first);
        at.keys(keyBlock, form.seen(block, keyBlock));
        if (at.keys.count == 0) {
            return;
        }
        if (form.isWhole()) {
            extend();
            at.rows.finish();
        } else {
            at.score(inputs);
            at.scores.repeat(at.block, at.rows);
            loadCotangents();
        }
        at.scores.backward(at.block, back, at.rows);
        blocks.copyIn(at.block.scores, 0, at.weights, 0, at.size());
        blocks.copyIn(back, 0, ofScores, 0, at.size());
        queries();
    }

    private void queries() {
        int count = at.queries.count * form.width;
        if (at.keys.first == 0) {
            toQueries.run();
        } else {
            blocks.copyIn(ofQueries, at.at(form.width), at.result, 0, count);
            moreToQueries.run();
        }
        blocks.copyOut(at.result, 0, ofQueries, at.at(form.width), count);
    }
}

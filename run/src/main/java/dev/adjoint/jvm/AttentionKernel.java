package dev.adjoint.jvm;

import dev.adjoint.jvm.Blocks.Extents;
import dev.adjoint.jvm.Blocks.Layout;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.function.Supplier;

/// Attention by blocks of queries and of keys, with a running maximum and a running sum of every query ([SoftmaxRows]): the scores
/// of a block, their exponentials, and their product with the values, which is added to the result so far. Divided by the sums,
/// that is the result. Memory beyond operands and result is one block of everything for every thread.
///
/// Sources: Milakov and Gimelshein, 2018; Rabe and Staats, "Self-attention does not need O(n²) memory", 2021; Dao and others,
/// "FlashAttention", 2022.
///
/// @param <M> the memory of a matrix
final class AttentionKernel<M> implements Kernel {
    /// Operations below which a part is not worth handing out: about 30 µs.
    static final double PART = 1 << 22;

    /// Up to so many keys make one block: as many as fit the second-level cache with all that a block of queries needs.
    static final int WHOLE_KEYS = 256;

    private final AttentionForm form;
    private final Workers workers;
    private final int grain;
    private final Pool<Memory<M>> memories;

    AttentionKernel(AttentionForm form, Supplier<Blocks<M>> blocks, Workers workers) {
        this.form = form;
        this.workers = workers;
        this.grain = form.grain(PART);
        this.memories = new Pool<>(() -> new Memory<>(form, blocks.get()));
    }

    /// What a thread needs.
    private static final class Memory<M> {
        final AttentionMemory<M> block;

        /// What a block adds to the result.
        final Object more;

        final AttentionMemory<M>.Variants toResult;

        Memory(AttentionForm form, Blocks<M> blocks) {
            block = new AttentionMemory<>(form, blocks);
            more = AttentionMemory.array(form.dtype(), form.isWhole() ? 0 : form.rows * form.values);
            toResult = block.new Variants((queries, keys) -> blocks.multiply(
                    new Extents(queries, form.values, keys, Layout.LEFT_TRANSPOSED),
                    block.weights,
                    block.value,
                    block.result));
        }
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Object out = outputs[0].array();
        workers.run(Math.ceilDiv(form.units(), grain), part -> {
            Memory<M> memory = memories.borrow();
            for (int unit = part * grain; unit < Math.min(form.units(), (part + 1) * grain); unit++) {
                unit(memory, unit, inputs, out);
            }
            memories.giveBack(memory);
        });
    }

    private void unit(Memory<M> memory, int unit, Elements[] inputs, Object out) {
        memory.block.matrix(unit);
        int end = form.firstBlock(unit % form.groups + 1);
        for (int first = form.firstBlock(unit % form.groups); first < end; first += AttentionForm.SPAN) {
            int last = Math.min(first + AttentionForm.SPAN, end) - 1;
            for (int keyBlock = 0; keyBlock < form.keyBlocks() && form.seen(last, keyBlock) > 0; keyBlock++) {
                memory.block.keys(keyBlock, form.seen(last, keyBlock));
                memory.block.loadKeys(inputs);
                for (int block = first; block <= last; block++) {
                    memory.block.queries(block, first);
                    memory.block.keys(keyBlock, form.seen(block, keyBlock));
                    block(memory, inputs, out);
                }
            }
            divide(memory.block, first, last, out);
        }
    }

    /// What the current keys add to the current queries' result.
    private void block(Memory<M> memory, Elements[] inputs, Object out) {
        AttentionMemory<M> at = memory.block;
        if (at.keys.count == 0) {
            return;
        }
        boolean isFirst = at.keys.first == 0;
        if (isFirst) {
            at.rows.clear();
        }
        at.score(inputs);
        at.scores.extend(at.block, at.rows);
        at.blocks.copyIn(at.block.scores, 0, at.weights, 0, at.size());
        memory.toResult.run();
        int count = at.queries.count * form.values;
        if (isFirst) {
            at.blocks.copyOut(at.result, 0, out, at.at(form.values), count);
        } else {
            at.blocks.copyOut(at.result, 0, memory.more, 0, count);
            at.scores.blend(out, at.at(form.values), memory.more, form.values, at.rows);
        }
    }

    private void divide(AttentionMemory<M> at, int first, int last, Object out) {
        for (int block = first; block <= last; block++) {
            at.queries(block, first);
            at.rows.finish();
            at.scores.scaleRows(out, at.at(form.values), form.values, at.rows);
        }
    }
}

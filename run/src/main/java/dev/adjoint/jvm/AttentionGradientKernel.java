package dev.adjoint.jvm;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.function.Supplier;

/// The reverse rule of attention by blocks of queries and of keys. The weights p of a block are made anew from its scores and the
/// maximum and sum of each row, as is the cotangent of its scores, p·(c − ∑ p·c) over the cotangents c of the weights.
///
/// Where one block holds all keys, those sums are the block's own. Else a first pass over all blocks of keys finds them, a few
/// numbers for every query of a span, and a second pass uses them.
///
/// What keys get is added up over the blocks of queries of a group, the last one first, because it sees the most keys. Where a
/// matrix has several groups, each writes to memory of its own, and these are added in order: no bit depends on who was faster.
/// Source: Dao, Fu, Ermon, Rudra, Ré, "FlashAttention", 2022.
///
/// @param <M> the memory of a matrix
final class AttentionGradientKernel<M> implements Kernel {
    /// Up to so many keys make one block: a first pass would cost more than scores that leave the second-level cache.
    static final int WHOLE_KEYS = 1024;

    /// Elements that one thread adds up at a time.
    private static final int SUM = 1 << 14;

    private final AttentionForm form;
    private final Workers workers;
    private final int grain;
    private final Lines lines;
    private final Pool<AttentionGradientBlock<M>> blocks;
    private final Pool<Partial> partials;

    AttentionGradientKernel(AttentionForm form, Supplier<Blocks<M>> blocks, Workers workers) {
        this.form = form;
        this.workers = workers;
        this.grain = form.grain(AttentionKernel.PART / 2);
        this.lines = Lines.of(form.dtype());
        this.blocks = new Pool<>(() -> new AttentionGradientBlock<>(form, blocks.get()));
        this.partials = new Pool<>(() -> new Partial(form));
    }

    /// What every unit hands back to keys and values.
    private record Partial(Object ofKeys, Object ofValues) {
        Partial(AttentionForm form) {
            this(
                    AttentionMemory.array(form.dtype(), form.units() * form.keys * form.width),
                    AttentionMemory.array(form.dtype(), form.units() * form.keys * form.values));
        }
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Object ofQueries = outputs[0].array();
        if (form.groups == 1) {
            units(inputs, ofQueries, outputs[1].array(), outputs[2].array());
            return;
        }
        Partial partial = partials.borrow();
        units(inputs, ofQueries, partial.ofKeys, partial.ofValues);
        addUp(partial.ofKeys, form.keys * form.width, outputs[1].array());
        addUp(partial.ofValues, form.keys * form.values, outputs[2].array());
        partials.giveBack(partial);
    }

    private void units(Elements[] inputs, Object ofQueries, Object ofKeys, Object ofValues) {
        workers.run(Math.ceilDiv(form.units(), grain), part -> {
            AttentionGradientBlock<M> block = blocks.borrow();
            block.work(inputs, ofQueries, ofKeys, ofValues);
            for (int unit = part * grain; unit < Math.min(form.units(), (part + 1) * grain); unit++) {
                unit(block, unit);
            }
            blocks.giveBack(block);
        });
    }

    private void unit(AttentionGradientBlock<M> block, int unit) {
        block.unit(unit);
        int begin = form.firstBlock(unit % form.groups);
        int end = form.firstBlock(unit % form.groups + 1);
        if (begin == end) {
            block.clear();
        }
        for (int last = end - 1; last >= begin; last -= AttentionForm.SPAN) {
            int first = Math.max(begin, last - AttentionForm.SPAN + 1);
            if (!form.isWhole()) {
                block.findSums(first, last);
            }
            for (int keyBlock = 0; keyBlock < form.keyBlocks(); keyBlock++) {
                if (last == end - 1) {
                    block.begin(first, last, keyBlock);
                } else if (form.seen(last, keyBlock) > 0) {
                    block.proceed(first, last, keyBlock);
                }
            }
        }
    }

    private void addUp(Object from, int size, Object to) {
        int pieces = Math.ceilDiv(size, SUM);
        workers.run(form.matrices * pieces, part -> {
            int matrix = part / pieces;
            int at = part % pieces * SUM;
            int count = Math.min(SUM, size - at);
            int first = matrix * form.groups * size + at;
            lines.copy(from, first, 1, to, matrix * size + at, 1, count);
            for (int group = 1; group < form.groups; group++) {
                lines.add(from, first + group * size, 1, to, matrix * size + at, 1, count);
            }
        });
    }
}

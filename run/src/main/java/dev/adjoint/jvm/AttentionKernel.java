package dev.adjoint.jvm;

import dev.adjoint.jvm.AttentionForm.Part;
import dev.adjoint.jvm.Blocks.Extents;
import dev.adjoint.jvm.Blocks.Layout;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/// Attention by blocks of queries: the scores of a block with all keys, their exponentials, their product with the values, divided
/// by their sums. Memory beyond operands and result is one block of scores for every thread.
///
/// @param <M> the memory of a matrix
final class AttentionKernel<M> implements Kernel {
    /// Operations below which a part is not worth handing out: about 30 µs.
    static final double PART = 1 << 22;

    private final AttentionForm form;
    private final Supplier<Blocks<M>> blocks;
    private final Workers workers;
    private final Queue<AttentionMemory<M>> idle = new ConcurrentLinkedQueue<>();

    AttentionKernel(AttentionForm form, Supplier<Blocks<M>> blocks, Workers workers) {
        this.form = form;
        this.blocks = blocks;
        this.workers = workers;
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int grain = form.grain(PART);
        workers.run(Math.ceilDiv(form.units(), grain), part -> {
            AttentionMemory<M> polled = idle.poll();
            AttentionMemory<M> memory = polled == null ? new AttentionMemory<>(form, blocks.get()) : polled;
            for (int unit = part * grain; unit < Math.min(form.units(), (part + 1) * grain); unit++) {
                unit(memory, unit, inputs, outputs[0].array());
            }
            idle.add(memory);
        });
    }

    private void unit(AttentionMemory<M> memory, int unit, Elements[] inputs, Object out) {
        int matrix = unit / form.groups;
        int group = unit % form.groups;
        int end = form.firstBlock(group + 1);
        if (end == form.firstBlock(group)) {
            return;
        }
        Part seen = new Part(matrix, 0, form.seen(end - 1));
        form.load(memory.blocks, inputs, AttentionForm.KEY, seen, memory.key);
        form.load(memory.blocks, inputs, AttentionForm.VALUE, seen, memory.value);
        for (int block = form.firstBlock(group); block < end; block++) {
            block(memory, new Part(matrix, block * form.rows, form.rowsOf(block)), form.seen(block), inputs, out);
        }
    }

    private void block(AttentionMemory<M> memory, Part part, int seen, Elements[] inputs, Object out) {
        weigh(form, memory, part, seen, inputs);
        Blocks<M> blocks = memory.blocks;
        int scores = part.count() * seen;
        blocks.copyIn(memory.weighed, 0, memory.weights, 0, scores);
        Extents toResult = new Extents(part.count(), form.values, seen, Layout.PLAIN);
        blocks.multiply(toResult, memory.weights, memory.value, memory.result);
        int at = (part.matrix() * form.queries + part.row()) * form.values;
        blocks.copyOut(memory.result, 0, out, at, part.count() * form.values);
        memory.scores.scaleRows(out, at, form.values, part.count(), memory.reciprocals);
    }

    /// The exponentials of a block's scores, and the reciprocals of their sums.
    static <M> void weigh(AttentionForm form, AttentionMemory<M> memory, Part part, int seen, Elements[] inputs) {
        Blocks<M> blocks = memory.blocks;
        form.load(blocks, inputs, AttentionForm.QUERY, part, memory.query);
        Extents toScores = new Extents(part.count(), seen, form.width, Layout.RIGHT_TRANSPOSED);
        blocks.multiply(toScores, memory.query, memory.key, memory.weights);
        blocks.copyOut(memory.weights, 0, memory.weighed, 0, part.count() * seen);
        memory.scores.weigh(form.scores(inputs, part, memory.weighed, seen), memory.reciprocals);
    }
}

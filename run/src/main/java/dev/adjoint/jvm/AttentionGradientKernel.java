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

/// The reverse rule of attention by blocks of queries. Each block's weights are computed anew, and what it hands back to keys and
/// values is added up over the blocks of its group, the last one first.
///
/// Where a matrix has several groups, each writes to memory of its own, and these are added in order: no bit depends on who was
/// faster.
///
/// @param <M> the memory of a matrix
final class AttentionGradientKernel<M> implements Kernel {
    /// Elements that one thread adds up at a time.
    private static final int SUM = 1 << 14;

    private final AttentionForm form;
    private final Supplier<Blocks<M>> blocks;
    private final Workers workers;
    private final Queue<Memory<M>> idle = new ConcurrentLinkedQueue<>();
    private final Queue<Partial> partials = new ConcurrentLinkedQueue<>();

    AttentionGradientKernel(AttentionForm form, Supplier<Blocks<M>> blocks, Workers workers) {
        this.form = form;
        this.blocks = blocks;
        this.workers = workers;
    }

    /// What a thread needs beyond that of the forward pass.
    private static final class Memory<M> {
        final AttentionMemory<M> forward;
        final M cotangent;
        final M ofScores;
        final M ofKey;
        final M ofValue;

        /// The cotangents of the weights, and then of the scores, where loops read and write them.
        final Object back;

        Memory(AttentionForm form, Blocks<M> blocks) {
            forward = new AttentionMemory<>(form, blocks);
            cotangent = blocks.allocate(form.rows * form.values);
            ofScores = blocks.allocate(form.rows * form.keys);
            ofKey = blocks.allocate(form.keys * form.width);
            ofValue = blocks.allocate(form.keys * form.values);
            back = AttentionMemory.array(form.dtype(), form.rows * form.keys);
        }
    }

    /// What every unit hands back to keys and values.
    private record Partial(Object ofKeys, Object ofValues) {}

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        if (form.groups == 1) {
            units(inputs, outputs, new Partial(outputs[1].array(), outputs[2].array()));
            return;
        }
        Partial polled = partials.poll();
        Partial partial = polled == null
                ? new Partial(
                        AttentionMemory.array(form.dtype(), form.units() * form.keys * form.width),
                        AttentionMemory.array(form.dtype(), form.units() * form.keys * form.values))
                : polled;
        units(inputs, outputs, partial);
        addUp(partial.ofKeys, form.keys * form.width, outputs[1].array());
        addUp(partial.ofValues, form.keys * form.values, outputs[2].array());
        partials.add(partial);
    }

    private void units(Elements[] inputs, Elements[] outputs, Partial partial) {
        int grain = form.grain(AttentionKernel.PART / 2);
        workers.run(Math.ceilDiv(form.units(), grain), part -> {
            Memory<M> polled = idle.poll();
            Memory<M> memory = polled == null ? new Memory<>(form, blocks.get()) : polled;
            for (int unit = part * grain; unit < Math.min(form.units(), (part + 1) * grain); unit++) {
                unit(memory, unit, inputs, outputs[0].array());
                hand(memory, unit, partial);
            }
            idle.add(memory);
        });
    }

    /// All blocks of a group, the one that sees the most keys first: it also overwrites what stood in the sums.
    private void unit(Memory<M> memory, int unit, Elements[] inputs, Object ofQueries) {
        AttentionMemory<M> forward = memory.forward;
        int matrix = unit / form.groups;
        int group = unit % form.groups;
        int last = form.firstBlock(group + 1) - 1;
        if (last < form.firstBlock(group)) {
            return;
        }
        Part seen = new Part(matrix, 0, form.seen(last));
        form.load(forward.blocks, inputs, AttentionForm.KEY, seen, forward.key);
        form.load(forward.blocks, inputs, AttentionForm.VALUE, seen, forward.value);
        for (int block = last; block >= form.firstBlock(group); block--) {
            Part part = new Part(matrix, block * form.rows, form.rowsOf(block));
            scores(memory, part, form.seen(block), inputs);
            toQueries(memory, part, form.seen(block), ofQueries);
            if (block == last) {
                first(memory, part, form.seen(block));
            } else {
                further(memory, part, form.seen(block));
            }
        }
    }

    /// The weights of a block and the cotangents of its scores.
    private void scores(Memory<M> memory, Part part, int seen, Elements[] inputs) {
        AttentionMemory<M> forward = memory.forward;
        Blocks<M> blocks = forward.blocks;
        AttentionKernel.weigh(form, forward, part, seen, inputs);
        form.load(blocks, inputs, AttentionForm.COTANGENT, part, memory.cotangent);
        Extents toWeights = new Extents(part.count(), seen, form.values, Layout.RIGHT_TRANSPOSED);
        blocks.multiply(toWeights, memory.cotangent, forward.value, memory.ofScores);
        int scores = part.count() * seen;
        blocks.copyOut(memory.ofScores, 0, memory.back, 0, scores);
        Scores.Block block = form.scores(inputs, part, forward.weighed, seen);
        forward.scores.backward(block, forward.reciprocals, memory.back);
        blocks.copyIn(forward.weighed, 0, forward.weights, 0, scores);
        blocks.copyIn(memory.back, 0, memory.ofScores, 0, scores);
    }

    private void toQueries(Memory<M> memory, Part part, int seen, Object ofQueries) {
        AttentionMemory<M> forward = memory.forward;
        Extents extents = new Extents(part.count(), form.width, seen, Layout.PLAIN);
        forward.blocks.multiply(extents, memory.ofScores, forward.key, forward.result);
        int at = (part.matrix() * form.queries + part.row()) * form.width;
        forward.blocks.copyOut(forward.result, 0, ofQueries, at, part.count() * form.width);
    }

    private void first(Memory<M> memory, Part part, int seen) {
        AttentionMemory<M> forward = memory.forward;
        forward.blocks.multiply(back(seen, form.width, part), memory.ofScores, forward.query, memory.ofKey);
        forward.blocks.multiply(back(seen, form.values, part), forward.weights, memory.cotangent, memory.ofValue);
    }

    private void further(Memory<M> memory, Part part, int seen) {
        AttentionMemory<M> forward = memory.forward;
        forward.blocks.accumulate(back(seen, form.width, part), memory.ofScores, forward.query, memory.ofKey);
        forward.blocks.accumulate(back(seen, form.values, part), forward.weights, memory.cotangent, memory.ofValue);
    }

    private static Extents back(int seen, int columns, Part part) {
        return new Extents(seen, columns, part.count(), Layout.LEFT_TRANSPOSED);
    }

    /// Writes the sums of a unit, and zeros for keys that none of its queries saw.
    private void hand(Memory<M> memory, int unit, Partial to) {
        int group = unit % form.groups;
        int end = form.firstBlock(group + 1);
        int seen = end == form.firstBlock(group) ? 0 : form.seen(end - 1);
        hand(memory.forward.blocks, memory.ofKey, seen, to.ofKeys, unit, form.width);
        hand(memory.forward.blocks, memory.ofValue, seen, to.ofValues, unit, form.values);
    }

    private void hand(Blocks<M> blocks, M sums, int seen, Object to, int unit, int length) {
        int at = unit * form.keys * length;
        blocks.copyOut(sums, 0, to, at, seen * length);
        Lines.of(form.dtype()).fill(to, at + seen * length, (form.keys - seen) * length, 0);
    }

    private void addUp(Object from, int size, Object to) {
        int pieces = Math.ceilDiv(size, SUM);
        Lines lines = Lines.of(form.dtype());
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

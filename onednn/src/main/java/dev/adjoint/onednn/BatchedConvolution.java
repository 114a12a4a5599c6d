package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/// A convolution, or one of its transposes, by the library's primitives: the batch falls into parts of a fixed number of
/// images, each on one thread. The gradients by the weights are added up in the order of the parts.
final class BatchedConvolution implements Kernel {
    /// Operations below which a part is not worth handing out: about 20 µs.
    private static final double PART = 1 << 22;

    /// Every part reads all weights, so there are fewer parts where they do not stay in the cache.
    private static final int MOST_PARTS = 8;

    private static final int MOST_PARTS_OF_LARGE_WEIGHTS = 4;
    private static final long LARGE_WEIGHTS = 1 << 18;

    /// Elements that one thread adds at a time.
    private static final int SUM = 1 << 14;

    private final Direction direction;
    private final Workers workers;
    private final int parts;
    private final List<PreparedConvolution> prepared;
    private final Queue<float[]> idle = new ConcurrentLinkedQueue<>();

    private BatchedConvolution(Direction direction, Workers workers, List<PreparedConvolution> prepared) {
        this.direction = direction;
        this.workers = workers;
        this.parts = prepared.size();
        this.prepared = prepared;
    }

    /// @throws IllegalStateException if the library has no primitive for it
    static BatchedConvolution of(Dnnl dnnl, Direction direction, Images images, Workers workers) {
        int most = images.w().count() > LARGE_WEIGHTS ? MOST_PARTS_OF_LARGE_WEIGHTS : MOST_PARTS;
        double work = images.operationsPerImage() * images.count();
        int wanted = (int) Math.clamp(work / PART, 1, Math.min(most, images.count()));
        int perPart = Math.ceilDiv(images.count(), wanted);
        int parts = Math.ceilDiv(images.count(), perPart);
        int rest = images.count() - perPart * (parts - 1);
        PreparedConvolution whole = new PreparedConvolution(dnnl, direction, images.of(perPart));
        PreparedConvolution last = rest == perPart ? whole : new PreparedConvolution(dnnl, direction, images.of(rest));
        return new BatchedConvolution(
                direction,
                workers,
                IntStream.range(0, parts)
                        .mapToObj(part -> part < parts - 1 ? whole : last)
                        .toList());
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        if (direction == Direction.WEIGHTS) {
            weights(inputs[0].floats(), inputs[1].floats(), outputs[0]);
        } else {
            images(inputs[0].floats(), inputs[1].floats(), outputs[0].floats());
        }
    }

    private void images(float[] x, float[] w, float[] y) {
        MemorySegment weights = prepared.getFirst().right().in(w, 0);
        boolean alone = prepared.getLast() == prepared.getFirst();
        MemorySegment lastWeights = alone ? weights : prepared.getLast().right().in(w, 0);
        workers.run(parts, part -> {
            PreparedConvolution at = prepared.get(part);
            MemorySegment a = at.left().in(x, part * prepared.getFirst().left().elements());
            MemorySegment c = at.run(a, part == parts - 1 ? lastWeights : weights);
            Scratch.SHARED.giveBack(a);
            at.result().out(c, y, part * prepared.getFirst().result().elements());
        });
        Scratch.SHARED.giveBack(weights);
        if (!alone) {
            Scratch.SHARED.giveBack(lastWeights);
        }
    }

    private void weights(float[] x, float[] y, Elements result) {
        float[] w = result.floats();
        MemorySegment[] sums = new MemorySegment[parts];
        workers.run(parts, part -> {
            PreparedConvolution at = prepared.get(part);
            MemorySegment a = at.left().in(x, part * prepared.getFirst().left().elements());
            MemorySegment b =
                    at.right().in(y, part * prepared.getFirst().right().elements());
            sums[part] = at.result().plain(at.run(a, b));
            Scratch.SHARED.giveBack(a);
            Scratch.SHARED.giveBack(b);
        });
        workers.run(Math.ceilDiv(result.count(), SUM), chunk -> {
            int from = chunk * SUM;
            int count = Math.min(SUM, result.count() - from);
            Scratch.copy(sums[0], from, w, from, count);
            float[] polled = idle.poll();
            float[] next = polled == null ? new float[SUM] : polled;
            for (int part = 1; part < parts; part++) {
                Scratch.copy(sums[part], from, next, 0, count);
                for (int i = 0; i < count; i++) {
                    w[from + i] += next[i];
                }
            }
            idle.add(next);
        });
        for (MemorySegment sum : sums) {
            Scratch.SHARED.giveBack(sum);
        }
    }
}

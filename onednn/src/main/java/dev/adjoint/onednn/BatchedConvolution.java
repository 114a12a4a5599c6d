package dev.adjoint.onednn;

import dev.adjoint.compile.Epilogue;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// A convolution, or one of its transposes, by the library's primitives: the batch falls into parts of a fixed number of
/// images, each on one thread. The gradients by the weights are added up in the order of the parts, in the layout of the
/// primitive, which they leave as a sum.
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
    private final List<Part> parts;
    private final Optional<Epilogue> epilogue;
    private final boolean isRamp;

    /// Whether the primitives of all parts have chosen one layout for the weights.
    private final boolean isAlike;

    private final Pool<Addends> idle = new Pool<>(this::addends);

    private BatchedConvolution(ConvolutionCluster of, Workers workers, List<Part> parts, boolean isAlike) {
        this.direction = of.direction();
        this.epilogue = of.epilogue();
        this.isRamp = epilogue.filter(Epilogue::isRamp).isPresent();
        this.workers = workers;
        this.parts = parts;
        this.isAlike = isAlike;
    }

    /// Chunks that are added, in arrays, because the JVM makes vector instructions of loops over those.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Addends(float[] sum, float[] next) {}

    /// Some images.
    ///
    /// @param prepared computes as many
    /// @param weights the way of its weights
    private record Part(PreparedConvolution prepared, WeightsPort weights) {
        static Part of(Dnnl dnnl, ConvolutionCluster of, int count) {
            Images images = of.images().of(count);
            PreparedConvolution prepared = new PreparedConvolution(dnnl, of.direction(), images, of.epilogue());
            return new Part(prepared, prepared.weights(dnnl));
        }
    }

    /// @throws IllegalStateException if the library has no primitive for it
    static BatchedConvolution of(Dnnl dnnl, ConvolutionCluster of, Workers workers) {
        Images images = of.images();
        int most = images.w().count() > LARGE_WEIGHTS ? MOST_PARTS_OF_LARGE_WEIGHTS : MOST_PARTS;
        double work = images.operationsPerImage() * images.count();
        int wanted = (int) Math.clamp(work / PART, 1, Math.min(most, images.count()));
        int perPart = Math.ceilDiv(images.count(), wanted);
        int parts = Math.ceilDiv(images.count(), perPart);
        int rest = images.count() - perPart * (parts - 1);
        Part whole = Part.of(dnnl, of, perPart);
        Part last = rest == perPart ? whole : Part.of(dnnl, of, rest);
        boolean isAlike = last.weights.isLike(dnnl, whole.weights);
        return new BatchedConvolution(
                of,
                workers,
                IntStream.range(0, parts)
                        .mapToObj(part -> part < parts - 1 ? whole : last)
                        .toList(),
                isAlike);
    }

    private Addends addends() {
        return new Addends(new float[SUM], new float[SUM]);
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
            images(inputs, outputs[0].floats());
        }
    }

    private void images(Elements[] inputs, float[] y) {
        float[] x = inputs[0].floats();
        float[] w = inputs[1].floats();
        MemorySegment bias = epilogue.isPresent() ? copied(inputs[2].floats()) : MemorySegment.NULL;
        PreparedConvolution first = parts.getFirst().prepared;
        MemorySegment weights = parts.getFirst().weights.in(w, workers);
        MemorySegment lastWeights = isAlike ? weights : parts.getLast().weights.in(w, workers);
        workers.run(parts.size(), part -> {
            PreparedConvolution at = parts.get(part).prepared;
            MemorySegment a = at.left().in(x, part * first.left().elements());
            MemorySegment b = part == parts.size() - 1 ? lastWeights : weights;
            MemorySegment c = epilogue.isPresent() ? at.run(a, b, bias) : at.run(a, b);
            Scratch.SHARED.giveBack(a);
            int place = part * first.result().elements();
            at.result().out(c, y, place);
            if (isRamp) {
                Ramp.apply(y, place, at.result().elements());
            }
        });
        if (epilogue.isPresent()) {
            Scratch.SHARED.giveBack(bias);
        }
        Scratch.SHARED.giveBack(weights);
        if (!isAlike) {
            Scratch.SHARED.giveBack(lastWeights);
        }
    }

    private static MemorySegment copied(float[] bias) {
        MemorySegment to = Scratch.SHARED.borrow(bias.length);
        Scratch.copy(bias, 0, to, 0, bias.length);
        return to;
    }

    private void weights(float[] x, float[] y, Elements result) {
        PreparedConvolution first = parts.getFirst().prepared;
        MemorySegment[] sums = new MemorySegment[parts.size()];
        workers.run(parts.size(), part -> {
            PreparedConvolution at = parts.get(part).prepared;
            MemorySegment a = at.left().in(x, part * first.left().elements());
            MemorySegment b = at.right().in(y, part * first.right().elements());
            MemorySegment sum = at.run(a, b);
            sums[part] = isAlike ? sum : at.result().plain(sum);
            Scratch.SHARED.giveBack(a);
            Scratch.SHARED.giveBack(b);
        });
        WeightsPort port = parts.getFirst().weights;
        add(sums, isAlike ? port.chosenFloats() : port.elements());
        if (isAlike) {
            port.out(sums[0], result.floats(), workers);
        } else {
            Scratch.copy(sums[0], 0, result.floats(), 0, port.elements());
        }
        for (MemorySegment sum : sums) {
            Scratch.SHARED.giveBack(sum);
        }
    }

    /// Adds up what lies in several pieces of memory, in order, in the first of them.
    private void add(MemorySegment[] sums, int floats) {
        if (sums.length == 1) {
            return;
        }
        workers.run(Math.ceilDiv(floats, SUM), chunk -> {
            int from = chunk * SUM;
            int count = Math.min(SUM, floats - from);
            Addends memory = idle.borrow();
            Scratch.copy(sums[0], from, memory.sum, 0, count);
            for (int part = 1; part < sums.length; part++) {
                Scratch.copy(sums[part], from, memory.next, 0, count);
                for (int i = 0; i < count; i++) {
                    memory.sum[i] += memory.next[i];
                }
            }
            Scratch.copy(memory.sum, 0, sums[0], from, count);
            idle.giveBack(memory);
        });
    }
}

package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Port.Plain;
import dev.adjoint.onednn.WinogradProducts.Form;
import dev.adjoint.onednn.WinogradProducts.Left;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Pool;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// The gradient of a convolution of 3×3 taps by its weights, the transpose of [WinogradConvolution] by them: the products of a
/// block of tiles are `[out,tiles]·[tiles,in]`, and are added up through a part of the blocks. Parts are added in order, so the
/// number of threads shows in no bit.
final class WinogradGradient implements Kernel {
    private static final int TILE = MinimalFiltering.TILE;
    private static final int TAPS = MinimalFiltering.TAPS;
    private static final int SQUARE = TAPS * TAPS;

    /// Parts, and those where the sums are large; see [BatchedConvolution].
    private static final int MOST_PARTS = 8;

    private static final int MOST_PARTS_OF_LARGE_SUMS = 4;
    private static final int LARGE_SUMS = 1 << 15;

    /// Numbers of a matrix that are written at a time.
    private static final int STEP = 1 << 12;

    private final WinogradTiles tiles;
    private final int out;
    private final int in;
    private final int blocksPerPart;
    private final int parts;
    private final int step;
    private final WinogradProducts first;
    private final WinogradProducts more;
    private final Port taps;
    private final Workers workers;
    private final Pool<Block> idleBlocks = new Pool<>(this::block);
    private final Pool<Sums> idleSums = new Pool<>(this::sums);

    /// What a thread needs for blocks.
    private record Block(WinogradData data, WinogradCotangent cotangent) {}

    /// What a thread needs for sums.
    private static final class Sums {
        final float[][] sums;
        final float[][] column = new float[TILE][];
        final float[][] row = new float[TILE][];
        final float[][][] down = new float[TILE][][];
        final float[][] across;
        final float[] part;

        Sums(int length) {
            sums = MinimalFiltering.lines(WinogradProducts.COUNT, length);
            for (int j = 0; j < TILE; j++) {
                down[j] = MinimalFiltering.lines(TAPS, length);
            }
            across = MinimalFiltering.lines(TAPS, length);
            part = MinimalFiltering.lines(1, length)[0];
        }
    }

    /// @throws IllegalStateException if the library has no such products
    WinogradGradient(Dnnl dnnl, Images images, Workers workers) {
        this.tiles = WinogradTiles.of(Direction.WEIGHTS, images);
        this.out = (int) images.w().dim(0);
        this.in = (int) images.w().dim(1);
        this.workers = workers;
        int most = out * in > LARGE_SUMS ? MOST_PARTS_OF_LARGE_SUMS : MOST_PARTS;
        this.blocksPerPart = Math.ceilDiv(tiles.blocks(), most);
        this.parts = Math.ceilDiv(tiles.blocks(), blocksPerPart);
        Extents of = new Extents(out, in, tiles.tilesPerBlock());
        Form form = new Form(tiles.productsPerCall(), of, Left.BY_COLUMNS);
        this.first = new WinogradProducts(dnnl, form, Accumulation.REPLACE);
        this.more = blocksPerPart == 1 ? first : new WinogradProducts(dnnl, form, Accumulation.ADD);
        this.step = WinogradFilter.step(out, STEP / in);
        Natives natives = new Natives(this, dnnl);
        Shape piece = Shape.of(SQUARE, step, in);
        MemorySegment tensor = natives.own("dnnl_memory_desc_destroy", dnnl.tensor(piece.dims(), piece.strides()));
        this.taps = new Port(dnnl, natives, new Plain(piece, new long[] {1, (long) SQUARE * in, SQUARE}), tensor);
    }

    private Sums sums() {
        return new Sums(step * in);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = inputs[1].floats();
        float[] w = outputs[0].floats();
        MemorySegment[] sums = new MemorySegment[parts];
        if (tiles.isOneBlock()) {
            sums[0] = together(x, y);
        } else {
            workers.run(parts, part -> sums[part] = part(x, y, part));
        }
        workers.run(out / step, piece -> write(sums, piece, w));
        for (MemorySegment sum : sums) {
            Scratch.SHARED.giveBack(sum);
        }
    }

    /// The sums of a part, which a thread computes alone.
    private MemorySegment part(float[] x, float[] y, int part) {
        Block block = idleBlocks.borrow();
        MemorySegment data = planes(in);
        MemorySegment cotangent = planes(out);
        MemorySegment sums = Scratch.SHARED.borrow((long) WinogradProducts.COUNT * out * in);
        int from = part * blocksPerPart;
        for (int i = from; i < Math.min(tiles.blocks(), from + blocksPerPart); i++) {
            block.data.run(x, i, data);
            block.cotangent.run(y, i, cotangent);
            (i == from ? first : more).run(cotangent, data, sums);
        }
        Scratch.SHARED.giveBack(data);
        Scratch.SHARED.giveBack(cotangent);
        idleBlocks.giveBack(block);
        return sums;
    }

    /// The sums of a block that the threads share.
    private MemorySegment together(float[] x, float[] y) {
        MemorySegment data = planes(in);
        MemorySegment cotangent = planes(out);
        MemorySegment sums = Scratch.SHARED.borrow((long) WinogradProducts.COUNT * out * in);
        workers.run(tiles.strips(), strip -> {
            Block block = idleBlocks.borrow();
            block.data.run(x, strip, data);
            block.cotangent.run(y, strip, cotangent);
            idleBlocks.giveBack(block);
        });
        workers.run(WinogradProducts.COUNT, product -> first.run(product, cotangent, data, sums));
        Scratch.SHARED.giveBack(data);
        Scratch.SHARED.giveBack(cotangent);
        return sums;
    }

    private Block block() {
        return new Block(new WinogradData(tiles, in), new WinogradCotangent(tiles, out));
    }

    private MemorySegment planes(int channels) {
        return Scratch.SHARED.borrow((long) WinogradProducts.COUNT * tiles.tilesPerBlock() * channels);
    }

    /// The taps of some channels of the result: `Gᵀ·m·G` of the sums of all parts.
    private void write(MemorySegment[] parts, int piece, float[] w) {
        int length = step * in;
        Sums lines = idleSums.borrow();
        for (int plane = 0; plane < WinogradProducts.COUNT; plane++) {
            long at = (long) plane * out * in + (long) piece * length;
            Scratch.copy(parts[0], at, lines.sums[plane], 0, length);
            for (int part = 1; part < parts.length; part++) {
                Scratch.copy(parts[part], at, lines.part, 0, length);
                MinimalFiltering.add(lines.part, lines.sums[plane], length);
            }
        }
        MemorySegment to = taps.empty();
        filter(lines, to, length);
        taps.out(to, w, piece * SQUARE * length);
        idleSums.giveBack(lines);
    }

    private static void filter(Sums lines, MemorySegment to, int length) {
        for (int j = 0; j < TILE; j++) {
            for (int i = 0; i < TILE; i++) {
                lines.column[i] = lines.sums[TILE * i + j];
            }
            MinimalFiltering.filterGradient(lines.column, lines.down[j], length);
        }
        for (int i = 0; i < TAPS; i++) {
            for (int j = 0; j < TILE; j++) {
                lines.row[j] = lines.down[j][i];
            }
            MinimalFiltering.filterGradient(lines.row, lines.across, length);
            for (int j = 0; j < TAPS; j++) {
                Scratch.copy(lines.across[j], 0, to, ((long) TAPS * i + j) * length, length);
            }
        }
    }
}

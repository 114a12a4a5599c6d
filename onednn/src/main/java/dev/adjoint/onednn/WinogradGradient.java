package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Port.Plain;
import dev.adjoint.onednn.WinogradProducts.Form;
import dev.adjoint.onednn.WinogradProducts.Left;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;

/// The gradient of a convolution of 3×3 taps by its weights, the transpose of [WinogradConvolution] by them: the products of a
/// block of tiles are `[out,tiles]·[tiles,in]`, and are added up through a part of the blocks. Parts are added in order, so the
/// number of threads shows in no bit.
final class WinogradGradient implements Kernel {
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
    private final WinogradData data;
    private final WinogradCotangent cotangent;

    /// @throws IllegalStateException if the library has no such products
    WinogradGradient(Dnnl dnnl, Images images, Workers workers) {
        this.tiles = WinogradTiles.of(Direction.WEIGHTS, images);
        this.out = (int) images.w().dim(0);
        this.in = (int) images.w().dim(1);
        this.data = new WinogradData(tiles, in);
        this.cotangent = new WinogradCotangent(tiles, out);
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
        WinogradLines lines = WinogradLines.borrow(tiles, Math.max(in, out));
        MemorySegment ofX = planes(in);
        MemorySegment ofY = planes(out);
        MemorySegment sums = sums();
        int from = part * blocksPerPart;
        for (int i = from; i < Math.min(tiles.blocks(), from + blocksPerPart); i++) {
            data.run(x, i, ofX, lines);
            cotangent.run(y, i, ofY, lines);
            (i == from ? first : more).run(ofY, ofX, sums);
        }
        lines.giveBack();
        Scratch.SHARED.giveBack(ofX);
        Scratch.SHARED.giveBack(ofY);
        return sums;
    }

    /// The sums of a block that the threads share.
    private MemorySegment together(float[] x, float[] y) {
        MemorySegment ofX = planes(in);
        MemorySegment ofY = planes(out);
        MemorySegment sums = sums();
        workers.run(tiles.strips(), strip -> {
            WinogradLines lines = WinogradLines.borrow(tiles, Math.max(in, out));
            data.run(x, strip, ofX, lines);
            cotangent.run(y, strip, ofY, lines);
            lines.giveBack();
        });
        workers.run(tiles.products(), product -> first.run(product, ofY, ofX, sums));
        Scratch.SHARED.giveBack(ofX);
        Scratch.SHARED.giveBack(ofY);
        return sums;
    }

    private MemorySegment planes(int channels) {
        return Scratch.SHARED.borrow((long) tiles.products() * tiles.tilesPerBlock() * channels);
    }

    private MemorySegment sums() {
        return Scratch.SHARED.borrow((long) tiles.products() * out * in);
    }

    /// The taps of some channels of the result.
    private void write(MemorySegment[] parts, int piece, float[] w) {
        int all = step * in;
        WinogradLines lines = WinogradLines.borrow(Math.min(WinogradFilter.LINE, all));
        MemorySegment to = taps.empty();
        for (int from = 0; from < all; from += WinogradFilter.LINE) {
            int length = Math.min(WinogradFilter.LINE, all - from);
            add(parts, (long) piece * all + from, lines, length);
            filter(lines, to, from, length);
        }
        taps.out(to, w, piece * SQUARE * all);
        lines.giveBack();
    }

    /// The sums of all parts, from a place of their matrices on.
    private void add(MemorySegment[] parts, long from, WinogradLines lines, int length) {
        int wide = tiles.columns().tile();
        for (int plane = 0; plane < tiles.products(); plane++) {
            float[] sums = lines.from[plane % wide][plane / wide];
            long at = (long) plane * out * in + from;
            Scratch.copy(parts[0], at, sums, 0, length);
            for (int part = 1; part < parts.length; part++) {
                Scratch.copy(parts[part], at, lines.more[0], 0, length);
                MinimalFiltering.add(lines.more[0], sums, length);
            }
        }
    }

    /// `Gᵀ·m·G` of sums, to a place of the matrices of all taps.
    private void filter(WinogradLines lines, MemorySegment to, int at, int length) {
        int wide = tiles.columns().tile();
        for (int j = 0; j < wide; j++) {
            tiles.rows().filtering().filterGradient(lines.from[j], lines.half[j], length);
        }
        for (int i = 0; i < TAPS; i++) {
            for (int j = 0; j < wide; j++) {
                lines.column[j] = lines.half[j][i];
            }
            tiles.columns().filtering().filterGradient(lines.column, lines.to, length);
            for (int j = 0; j < TAPS; j++) {
                Scratch.copy(lines.to[j], 0, to, ((long) TAPS * i + j) * step * in + at, length);
            }
        }
    }
}

package dev.adjoint.onednn;

import dev.adjoint.onednn.Dnnl.Accumulation;
import dev.adjoint.onednn.Gemm.Extents;
import dev.adjoint.onednn.Images.Places;
import dev.adjoint.onednn.WinogradProducts.Form;
import dev.adjoint.onednn.WinogradProducts.Left;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/// A convolution of 3×3 taps, or its transpose by the input, by Winograd's minimal filtering: tiles of 6×6 places become 36
/// products of matrices `[tiles,channels]·[channels,channels]`, four times fewer multiplications, or tiles of 4×4 become sixteen,
/// 2.25 times fewer. See [MinimalFiltering].
///
/// A number that is not finite leaves no result finite whose window holds it, so results tell whether all is well; where they
/// are not finite, the direct way says which they are. Results are not rounded as those of a sum over the window: what a result
/// sums are products of sums of a tile and of sums of taps.
final class WinogradConvolution implements Kernel {
    /// Channels and tiles from which it gains.
    private static final long CHANNELS = 64;

    private static final int TILES = 128;

    private final WinogradTiles tiles;
    private final int depth;
    private final int columns;
    private final WinogradFilter filter;
    private final WinogradProducts products;
    private final Kernel direct;
    private final Workers workers;
    private final WinogradData data;
    private final WinogradResult result;

    /// @param direct computes all again where a result is not finite
    /// @throws IllegalStateException if the library has no such products
    WinogradConvolution(Dnnl dnnl, ConvolutionCluster of, Kernel direct, Workers workers) {
        Direction direction = of.direction();
        Images images = of.images();
        boolean isInput = direction == Direction.INPUT;
        this.tiles = WinogradTiles.of(direction, images);
        this.depth = (int) images.w().dim(isInput ? 0 : 1);
        this.columns = (int) images.w().dim(isInput ? 1 : 0);
        this.filter = new WinogradFilter(dnnl, tiles, direction, images, workers);
        this.data = new WinogradData(tiles, depth);
        this.result = new WinogradResult(tiles, columns);
        this.direct = direct;
        this.workers = workers;
        Extents extents = new Extents(tiles.tilesPerBlock(), columns, depth);
        Form form = new Form(tiles.productsPerCall(), extents, Left.BY_ROWS);
        this.products = new WinogradProducts(dnnl, form, Accumulation.REPLACE);
    }

    /// A convolution, or one of its transposes, by minimal filtering where that is faster, else the direct way.
    static Kernel of(Dnnl dnnl, ConvolutionCluster of, Kernel direct, Workers workers) {
        if (!isFaster(of)) {
            return direct;
        }
        try {
            return of.direction() == Direction.WEIGHTS
                    ? new GuardedResult(new WinogradGradient(dnnl, of.images(), workers), direct, workers)
                    : new WinogradConvolution(dnnl, of, direct, workers);
        } catch (IllegalStateException refused) {
            return direct;
        }
    }

    /// As measured, see `docs/decisions/29-winograd.md`.
    static boolean isFaster(ConvolutionCluster of) {
        Images images = of.images();
        return images.groups() == 1
                && images.channels().equals(new Places(Channels.LAST, Channels.LAST))
                && isThreeByThree(images)
                && Math.min(images.x().dim(1), images.w().dim(0)) >= CHANNELS
                && WinogradTiles.of(WinogradTiles.TWO, of.direction(), images).tiles() >= TILES;
    }

    private static boolean isThreeByThree(Images images) {
        long taps = MinimalFiltering.TAPS;
        return images.w().part(2, images.w().rank()).equals(Shape.of(taps, taps))
                && images.window().axes().stream()
                        .allMatch(axis ->
                                axis.stride() == 1 && axis.dilation() == 1 && Math.max(axis.low(), axis.high()) < taps);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        float[] x = inputs[0].floats();
        float[] y = outputs[0].floats();
        MemorySegment weights = filter.run(inputs[1].floats());
        boolean isFinite = tiles.isOneBlock() ? together(x, weights, y) : blocks(x, weights, y);
        Scratch.SHARED.giveBack(weights);
        if (!isFinite) {
            Guarded.runExact(direct, inputs, outputs);
        }
    }

    /// Each thread takes blocks, whose numbers stay in its cache.
    private boolean blocks(float[] x, MemorySegment weights, float[] y) {
        AtomicBoolean finite = new AtomicBoolean(true);
        workers.run(tiles.blocks(), index -> {
            WinogradLines lines = WinogradLines.borrow(tiles, Math.max(depth, columns));
            MemorySegment from = planes(depth);
            MemorySegment to = planes(columns);
            data.run(x, index, from, lines);
            products.run(from, weights, to);
            if (!result.run(to, index, y, lines)) {
                finite.set(false);
            }
            lines.giveBack();
            Scratch.SHARED.giveBack(from);
            Scratch.SHARED.giveBack(to);
        });
        return finite.get();
    }

    /// The threads share a block.
    private boolean together(float[] x, MemorySegment weights, float[] y) {
        AtomicBoolean finite = new AtomicBoolean(true);
        MemorySegment from = planes(depth);
        MemorySegment to = planes(columns);
        workers.run(tiles.strips(), strip -> {
            WinogradLines lines = WinogradLines.borrow(tiles, depth);
            data.run(x, strip, from, lines);
            lines.giveBack();
        });
        workers.run(tiles.products(), product -> products.run(product, from, weights, to));
        workers.run(tiles.strips(), strip -> {
            WinogradLines lines = WinogradLines.borrow(tiles, columns);
            if (!result.run(to, strip, y, lines)) {
                finite.set(false);
            }
            lines.giveBack();
        });
        Scratch.SHARED.giveBack(from);
        Scratch.SHARED.giveBack(to);
        return finite.get();
    }

    private MemorySegment planes(int channels) {
        return Scratch.SHARED.borrow((long) tiles.products() * tiles.tilesPerBlock() * channels);
    }
}

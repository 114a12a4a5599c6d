package dev.adjoint.onednn;

import dev.adjoint.op.contraction.Window.Axis;

/// How the results of a convolution of 3×3 taps fall into tiles, each of which reads two places more along each axis.
///
/// Rows of tiles are numbered through all images. A block holds as many of them as its products need to pass at full speed
/// without leaving the cache, and is what a thread takes. Few tiles are one block; threads then take strips of it, and products.
/// All of this depends on the extents alone. What every line asks for is computed once: the quotients take as long as a line.
final class WinogradTiles {
    static final MinimalFiltering TWO = new TwoResults();
    static final MinimalFiltering FOUR = new FourResults();

    /// Tiles of a block, and of one whose products are added to sums that do not stay in the cache.
    private static final int TILES = 64;

    private static final int TILES_FOR_LARGE_SUMS = 128;
    private static final long LARGE_SUMS = 1 << 15;

    /// Tiles below which all are one block, and the strips that threads take of it.
    private static final int FEW = 512;

    private static final int STRIPS = 16;

    /// Tiles from which four results are filtered at once: transforming the weights takes more than twice as long.
    private static final int TILES_OF_FOUR = 128;

    /// An axis.
    ///
    /// @param filtering along it
    /// @param from places that are read
    /// @param to places that are written
    /// @param low padding in front of those that are read
    /// @param tiles that cover it
    record Side(MinimalFiltering filtering, int from, int to, int low, int tiles) {
        private static Side of(MinimalFiltering filtering, long from, long to, long low) {
            int tiles = Math.ceilDiv((int) to, filtering.results());
            return new Side(filtering, (int) from, (int) to, (int) low, tiles);
        }

        /// Places of a tile.
        int tile() {
            return filtering.tile();
        }

        /// Places from a tile to the next.
        int step() {
            return filtering.results();
        }
    }

    private final Side rows;
    private final Side columns;
    private final int count;
    private final int rowsPerBlock;
    private final int tilesPerBlock;

    /// @param images how many there are
    /// @param rows the vertical axis
    /// @param columns the horizontal axis
    /// @param atOnce tiles of a block, about
    private WinogradTiles(int images, Side rows, Side columns, int atOnce) {
        this.rows = rows;
        this.columns = columns;
        this.count = images * rows.tiles;
        this.rowsPerBlock = isOneBlock() ? count : Math.max(1, atOnce / columns.tiles);
        this.tilesPerBlock = rowsPerBlock * columns.tiles;
    }

    /// The tiles of a convolution, or of its transpose by the input, which is one, too, with the rest of the padding. Gradients
    /// alone are filtered by four: they are rounded three times as much, which switches no ramp.
    static WinogradTiles of(Direction direction, Images images) {
        WinogradTiles four = of(FOUR, direction, images);
        boolean isBest = direction != Direction.FORWARD && four.tiles() >= TILES_OF_FOUR;
        return isBest ? four : of(TWO, direction, images);
    }

    /// The tiles where both axes are filtered alike.
    static WinogradTiles of(MinimalFiltering filtering, Direction direction, Images images) {
        boolean areLarge =
                direction == Direction.WEIGHTS && images.w().dim(0) * images.w().dim(1) > LARGE_SUMS;
        return new WinogradTiles(
                images.count(),
                side(filtering, direction, images, 0),
                side(filtering, direction, images, 1),
                areLarge ? TILES_FOR_LARGE_SUMS : TILES);
    }

    private static Side side(MinimalFiltering filtering, Direction direction, Images images, int index) {
        Axis axis = images.window().axes().get(index);
        long x = images.x().dim(2 + index);
        long y = images.y().dim(2 + index);
        return direction == Direction.INPUT
                ? Side.of(filtering, y, x, MinimalFiltering.TAPS - 1 - axis.low())
                : Side.of(filtering, x, y, axis.low());
    }

    /// The vertical axis.
    Side rows() {
        return rows;
    }

    /// The horizontal axis.
    Side columns() {
        return columns;
    }

    /// Products of a tile.
    int products() {
        return rows.tile() * columns.tile();
    }

    /// Rows of tiles of all images.
    int count() {
        return count;
    }

    /// Tiles of all images.
    int tiles() {
        return count * columns.tiles;
    }

    /// Whether threads share the products of one block.
    boolean isOneBlock() {
        return tiles() < FEW;
    }

    /// Rows of tiles of a block.
    int rowsPerBlock() {
        return rowsPerBlock;
    }

    /// Products that one call of the library computes.
    int productsPerCall() {
        return isOneBlock() ? 1 : products();
    }

    /// Rows of tiles that a thread takes at a time.
    int rowsPerStrip() {
        return isOneBlock() ? Math.ceilDiv(count, STRIPS) : rowsPerBlock;
    }

    /// The row of tiles with which a strip ends; in the last block it may lie behind the last row.
    int end(int strip) {
        int end = (strip + 1) * rowsPerStrip();
        return isOneBlock() ? Math.min(end, count) : end;
    }

    int strips() {
        return Math.ceilDiv(count, rowsPerStrip());
    }

    /// Tiles of a block.
    int tilesPerBlock() {
        return tilesPerBlock;
    }

    int blocks() {
        return Math.ceilDiv(count, rowsPerBlock);
    }

    /// Row of tiles within its image.
    int row(int index) {
        return index % rows.tiles;
    }

    /// The image of a row of tiles.
    int image(int index) {
        return index / rows.tiles;
    }

    /// The tile with which a row begins in a plane of its block, counted from the first plane on.
    long place(int plane, int index) {
        return (long) plane * tilesPerBlock + (long) (index % rowsPerBlock) * columns.tiles;
    }
}

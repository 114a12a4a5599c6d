package dev.adjoint.jvm;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;

/// The extents of a convolution and of its two transposes.
///
/// @param images the number of examples
/// @param groups the number of channel groups
/// @param in input channels of one group
/// @param out output channels of one group
/// @param windows where the taps fall
record ConvolutionSizes(int images, int groups, int in, int out, Windows windows) {
    /// @param x the shape of the input
    /// @param w the shape of the kernel
    static ConvolutionSizes of(Window window, long groups, Shape x, Shape w) {
        Windows windows = new Windows(window, x.part(2, x.rank()), w.part(2, w.rank()));
        return new ConvolutionSizes((int) x.dim(0), (int) groups, (int) w.dim(1), (int) (w.dim(0) / groups), windows);
    }

    /// Products that make up one output element.
    int depth() {
        return in * windows.taps();
    }

    /// Where the input plane of a channel of a group starts.
    int inputPlane(int image, int group, int channel) {
        return ((image * groups + group) * in + channel) * windows.plane();
    }

    /// Where the output plane of a channel of a group starts.
    int outputPlane(int image, int group, int channel) {
        return ((image * groups + group) * out + channel) * windows.positions();
    }

    /// Lines of all output planes of one channel.
    int lines() {
        return images * windows.lines();
    }

    /// How many lines fill the columns of a product.
    int linesPerBlock() {
        return Math.clamp(Product.COLUMNS / Math.max(1, windows.lineLength()), 1, Math.max(1, lines()));
    }

    /// Copies a block of lines of the input, seen through one tap, behind each other.
    void readInput(Lines type, Object x, Block block, int row, Object to, int at) {
        int channel = row / windows.taps();
        int tap = row % windows.taps();
        for (int line = block.line; line < block.end; ) {
            int inPlane = line % windows.lines();
            int run = Math.min(block.end - line, windows.lines() - inPlane);
            int plane = inputPlane(line / windows.lines(), block.group, channel);
            windows.read(type, x, plane, inPlane, run, tap, to, at);
            at += run * windows.lineLength();
            line += run;
        }
    }

    /// Copies a block of lines of the output behind each other.
    void readOutput(Lines type, Object y, Block block, int channel, Object to) {
        int at = 0;
        for (int line = block.line; line < block.end; ) {
            int inPlane = line % windows.lines();
            int run = Math.min(block.end - line, windows.lines() - inPlane);
            int count = run * windows.lineLength();
            int from = outputPlane(line / windows.lines(), block.group, channel) + inPlane * windows.lineLength();
            type.copy(y, from, 1, to, at, 1, count);
            at += count;
            line += run;
        }
    }

    /// Copies lines that stand behind each other to a block of lines of the output.
    void writeOutput(Lines type, Object from, Block block, int channel, Object y) {
        int at = 0;
        for (int line = block.line; line < block.end; ) {
            int inPlane = line % windows.lines();
            int run = Math.min(block.end - line, windows.lines() - inPlane);
            int count = run * windows.lineLength();
            int to = outputPlane(line / windows.lines(), block.group, channel) + inPlane * windows.lineLength();
            type.copy(from, at, 1, y, to, 1, count);
            at += count;
            line += run;
        }
    }

    /// Adds a block of lines, seen through one tap, to the input.
    void addToInput(Lines type, Object from, Block block, int row, Object x) {
        int channel = row / windows.taps();
        int tap = row % windows.taps();
        int at = 0;
        for (int line = block.line; line < block.end; ) {
            int inPlane = line % windows.lines();
            int run = Math.min(block.end - line, windows.lines() - inPlane);
            int plane = inputPlane(line / windows.lines(), block.group, channel);
            windows.addBack(type, from, at, inPlane, run, tap, x, plane);
            at += run * windows.lineLength();
            line += run;
        }
    }

    /// Lines of the output planes of one group, from `line` to before `end`.
    record Block(int group, int line, int end) {
        /// How many elements the lines have.
        int columns(ConvolutionSizes sizes) {
            return (end - line) * sizes.windows.lineLength();
        }
    }
}

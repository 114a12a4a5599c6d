package dev.adjoint.jvm;

import dev.adjoint.jvm.ConvolutionSizes.Block;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;

/// The transpose of the convolution by its kernel: a product over all images and positions of the input seen through
/// all taps with the cotangent.
///
/// Images fall into at most eight chunks by their number alone; each chunk sums for itself, and the chunks are added in
/// order. With many output channels these lie along the vectors (64 channels, one core: 32 billion operations a second);
/// with few, the sums are scalar products along the positions (8 to 10 billion).
record BackwardWeights(DType dtype, ConvolutionSizes sizes, Workers workers) implements Kernel {
    private static final int CHUNKS = 8;

    /// From this many output channels on they fill vectors.
    private static final int WIDE = 32;

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int positions = sizes.windows().positions();
        int count = sizes.out() * sizes.depth();
        if (sizes.images() == 0 || positions == 0 || count == 0) {
            return;
        }
        long work = Math.max(1, 2L * sizes.groups() * count * positions);
        int grain = Math.clamp(Product.PART / work, Math.ceilDiv(sizes.images(), CHUNKS), sizes.images());
        int chunks = Math.ceilDiv(sizes.images(), grain);
        Object[] partial = new Object[chunks];
        workers.run(chunks, chunk -> {
            Object sums = chunk == 0
                    ? outputs[0].array()
                    : Elements.allocate(dtype, outputs[0].count()).array();
            int end = Math.min(sizes.images(), (chunk + 1) * grain);
            for (int group = 0; group < sizes.groups(); group++) {
                int lines = sizes.windows().lines();
                images(new Block(group, chunk * grain * lines, end * lines), inputs, sums);
            }
            partial[chunk] = sums;
        });
        for (int chunk = 1; chunk < chunks; chunk++) {
            Lines.of(dtype).add(partial[chunk], 0, 1, partial[0], 0, 1, outputs[0].count());
        }
    }

    private void images(Block all, Elements[] inputs, Object sums) {
        if (sizes.out() >= WIDE) {
            wide(all, inputs, sums);
        } else {
            narrow(all, inputs, sums);
        }
    }

    /// `sums[o][c,t] += Σ y[o][p]·x[c,t][p]`, as scalar products.
    private void narrow(Block all, Elements[] inputs, Object sums) {
        Lines type = Lines.of(dtype);
        int perBlock = Math.min(sizes.linesPerBlock(), all.end() - all.line());
        int columns = perBlock * sizes.windows().lineLength();
        // The panel is columns × in·taps transposed: its rows are the taps, their length the positions.
        Product product = Product.of(dtype, sizes.depth(), sizes.out(), Math.max(columns, sizes.depth()));
        Object[] left = Arrays.copyOf(Product.of(dtype, sizes.out(), 0, columns).panel(), sizes.out());
        for (int line = all.line(); line < all.end(); line += perBlock) {
            Block block = new Block(all.group(), line, Math.min(all.end(), line + perBlock));
            for (int channel = 0; channel < sizes.out(); channel++) {
                sizes.readOutput(type, inputs[1].array(), block, channel, left[channel]);
            }
            for (int row = 0; row < sizes.depth(); row++) {
                sizes.readInput(type, inputs[0].array(), block, row, product.panel()[row], 0);
            }
            product.dots(left, block.columns(sizes), sizes.depth());
        }
        for (int channel = 0; channel < sizes.out(); channel++) {
            int to = (all.group() * sizes.out() + channel) * sizes.depth();
            type.copy(product.sums()[channel], 0, 1, sums, to, 1, sizes.depth());
        }
    }

    /// `sums[c,t][o] += Σ x[c,t][p]·y[p][o]`, with the output channels along the vectors.
    private void wide(Block all, Elements[] inputs, Object sums) {
        Lines type = Lines.of(dtype);
        int perBlock = Math.min(sizes.linesPerBlock(), all.end() - all.line());
        int columns = perBlock * sizes.windows().lineLength();
        Product product = Product.of(dtype, columns, sizes.depth(), sizes.out());
        Object seen = Elements.allocate(dtype, (long) sizes.depth() * columns).array();
        for (int line = all.line(); line < all.end(); line += perBlock) {
            Block block = new Block(all.group(), line, Math.min(all.end(), line + perBlock));
            transposeOutput(type, inputs[1].array(), block, product.panel());
            for (int row = 0; row < sizes.depth(); row++) {
                sizes.readInput(type, inputs[0].array(), block, row, seen, row * columns);
            }
            product.filled(block.columns(sizes), sizes.out());
            product.accumulate(new Factor(seen, 0, sizes.depth(), columns, 1), block.columns(sizes), sizes.out());
        }
        for (int row = 0; row < sizes.depth(); row++) {
            int to = all.group() * sizes.out() * sizes.depth() + row;
            type.copy(product.sums()[row], 0, 1, sums, to, sizes.depth(), sizes.out());
        }
    }

    private void transposeOutput(Lines type, Object y, Block block, Object[] panel) {
        int length = sizes.windows().lineLength();
        int positions = sizes.windows().positions();
        int row = 0;
        for (int line = block.line(); line < block.end(); line++) {
            int lines = sizes.windows().lines();
            int from = sizes.outputPlane(line / lines, block.group(), 0) + line % lines * length;
            for (int i = 0; i < length; i++) {
                type.copy(y, from + i, positions, panel[row++], 0, 1, sizes.out());
            }
        }
    }
}

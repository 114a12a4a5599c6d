package dev.adjoint.jvm;

import dev.adjoint.jvm.ConvolutionSizes.Block;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;

/// The convolution as a product of the kernel, `[out, in·taps]`, with the input seen through all taps, of which only
/// the columns in work are ever laid out.
record ForwardConvolution(DType dtype, ConvolutionSizes sizes, Workers workers) implements Kernel {
    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int perBlock = sizes.linesPerBlock();
        int blocks = Math.ceilDiv(sizes.lines(), perBlock);
        int units = sizes.groups() * blocks;
        int columns = perBlock * sizes.windows().lineLength();
        if (units == 0 || columns == 0) {
            return;
        }
        long work = Math.max(1, 2L * sizes.out() * sizes.depth() * columns);
        int grain = Math.clamp(Product.PART / work, 1, units);
        workers.run(Math.ceilDiv(units, grain), part -> {
            Product product = Product.of(dtype, Math.min(sizes.depth(), Product.DEPTH), sizes.out(), columns);
            for (int unit = part * grain; unit < Math.min(units, (part + 1) * grain); unit++) {
                int line = unit % blocks * perBlock;
                Block block = new Block(unit / blocks, line, Math.min(sizes.lines(), line + perBlock));
                block(product, block, inputs, outputs[0].array());
            }
        });
    }

    private void block(Product product, Block block, Elements[] inputs, Object y) {
        Lines type = Lines.of(dtype);
        int depth = sizes.depth();
        product.clear();
        for (int k = 0; k < depth; k += Product.DEPTH) {
            int slice = Math.min(Product.DEPTH, depth - k);
            for (int i = 0; i < slice; i++) {
                sizes.readInput(type, inputs[0].array(), block, k + i, product.panel()[i], 0);
            }
            product.filled(slice, block.columns(sizes));
            int weights = block.group() * sizes.out() * depth + k;
            product.accumulate(
                    new Factor(inputs[1].array(), weights, sizes.out(), depth, 1), slice, block.columns(sizes));
        }
        for (int channel = 0; channel < sizes.out(); channel++) {
            sizes.writeOutput(type, product.sums()[channel], block, channel, y);
        }
    }
}

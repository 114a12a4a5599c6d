package dev.adjoint.jvm;

import dev.adjoint.jvm.ConvolutionSizes.Block;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;

/// The transpose of the convolution by its input: a product of the transposed kernel with the cotangent gives what
/// every tap contributes, and that is added back to where the tap had read.
///
/// One part of the work owns whole images, so no two threads add to one element, and every element is added to in one
/// order.
record BackwardInput(DType dtype, ConvolutionSizes sizes, Workers workers) implements Kernel {
    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int units = sizes.groups() * sizes.images();
        int positions = sizes.windows().positions();
        if (units == 0 || positions == 0 || sizes.depth() == 0) {
            return;
        }
        long work = Math.max(1, 2L * sizes.out() * sizes.depth() * positions);
        int grain = Math.clamp(Math.max(Product.PART / work, Product.COLUMNS / positions), 1, sizes.images());
        int perGroup = Math.ceilDiv(sizes.images(), grain);
        workers.run(sizes.groups() * perGroup, part -> {
            int image = part % perGroup * grain;
            int lines = sizes.windows().lines();
            Block all = new Block(part / perGroup, image * lines, Math.min(sizes.images(), image + grain) * lines);
            images(all, inputs, outputs[0].array());
        });
    }

    private void images(Block all, Elements[] inputs, Object x) {
        int perBlock = Math.min(sizes.linesPerBlock(), all.end() - all.line());
        int columns = perBlock * sizes.windows().lineLength();
        Product product = Product.of(dtype, Math.min(sizes.out(), Product.DEPTH), sizes.depth(), columns);
        for (int line = all.line(); line < all.end(); line += perBlock) {
            block(product, new Block(all.group(), line, Math.min(all.end(), line + perBlock)), inputs, x);
        }
    }

    private void block(Product product, Block block, Elements[] inputs, Object x) {
        Lines type = Lines.of(dtype);
        int depth = sizes.depth();
        product.clear();
        for (int k = 0; k < sizes.out(); k += Product.DEPTH) {
            int slice = Math.min(Product.DEPTH, sizes.out() - k);
            for (int i = 0; i < slice; i++) {
                sizes.readOutput(type, inputs[0].array(), block, k + i, product.panel()[i]);
            }
            product.filled(slice, block.columns(sizes));
            int weights = (block.group() * sizes.out() + k) * depth;
            product.accumulate(new Factor(inputs[1].array(), weights, depth, 1, depth), slice, block.columns(sizes));
        }
        for (int row = 0; row < depth; row++) {
            sizes.addToInput(type, product.sums()[row], block, row, x);
        }
    }
}

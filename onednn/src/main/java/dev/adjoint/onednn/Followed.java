package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.Elements;
import java.util.Arrays;

/// A product by one kernel and its epilogue by another, in place.
///
/// @param product reads all inputs but the last
/// @param epilogue reads the product and the last input, the bias; it may overwrite the product
record Followed(Kernel product, Kernel epilogue) implements Kernel {
    @Override
    public boolean overwrites() {
        return product.overwrites();
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        int bias = inputs.length - 1;
        product.run(Arrays.copyOf(inputs, bias), outputs);
        epilogue.run(new Elements[] {outputs[0], inputs[bias]}, outputs);
    }
}

package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.Elements;

/// A kernel whose two inputs come in the other order.
///
/// @param kernel reads the second one first
record Exchanged(Kernel kernel) implements Kernel {
    @Override
    public boolean overwrites() {
        return kernel.overwrites();
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        kernel.run(new Elements[] {inputs[1], inputs[0]}, outputs);
    }
}

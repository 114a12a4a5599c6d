package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.Elements;
import java.util.List;

/// A kernel whose inputs come in another order.
///
/// @param kernel what runs
/// @param order for each of its inputs, which one of those given it is
record Reordered(Kernel kernel, List<Integer> order) implements Kernel {
    @Override
    public boolean overwrites() {
        return kernel.overwrites();
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Elements[] ordered = new Elements[order.size()];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = inputs[order.get(i)];
        }
        kernel.run(ordered, outputs);
    }
}

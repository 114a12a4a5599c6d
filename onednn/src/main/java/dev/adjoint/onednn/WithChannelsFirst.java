package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import java.util.List;
import java.util.Optional;

/// A kernel of images whose channels lie in front, for images whose channels lie last: they are moved before and after. For
/// what is rare, because it takes memory while it runs.
///
/// @param kernel reads and writes channels in front
/// @param before what moves the channels of each input, if they have to be
/// @param after what moves those of the result, if they have to be
/// @param result the shape of the result as the kernel writes it
record WithChannelsFirst(Kernel kernel, List<Optional<Kernel>> before, Optional<Kernel> after, Shape result)
        implements Kernel {
    @Override
    public boolean overwrites() {
        return after.map(Kernel::overwrites).orElseGet(kernel::overwrites);
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        Elements[] moved = inputs.clone();
        for (int i = 0; i < inputs.length; i++) {
            if (before.get(i).isPresent()) {
                moved[i] = Elements.allocate(DType.F32, inputs[i].count());
                before.get(i).get().run(new Elements[] {inputs[i]}, new Elements[] {moved[i]});
            }
        }
        if (after.isEmpty()) {
            kernel.run(moved, outputs);
        } else {
            Elements[] written = {Elements.allocate(DType.F32, result.count())};
            kernel.run(moved, written);
            after.get().run(written, outputs);
        }
    }
}

package dev.adjoint.jvm;

import dev.adjoint.op.movement.Region;
import dev.adjoint.run.Kernel;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Adds boxes of elements where they meet, in row-major order of the box. Zero keeps its sign only where the reference
/// adds at least two elements: here every element is added to +0.
final class FoldKernel implements Kernel {
    private final List<Box> boxes;
    private final Lines lines;

    FoldKernel(List<Region> regions, TensorType out) {
        this.boxes = regions.stream().map(Box::of).toList();
        this.lines = Lines.of(out.dtype());
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        for (Box box : boxes) {
            box.add(lines, inputs[0].array(), outputs[0].array());
        }
    }
}

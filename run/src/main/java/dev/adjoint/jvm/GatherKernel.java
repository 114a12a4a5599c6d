package dev.adjoint.jvm;

import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.indexing.Places;
import dev.adjoint.run.ReusingKernel;
import dev.adjoint.tensor.TensorType;
import java.util.Arrays;
import java.util.List;

/// Reads runs of elements at computed places, as the reference does, with lists of the places that are kept.
final class GatherKernel extends ReusingKernel {
    private final Gather gather;
    private final List<TensorType> types;

    GatherKernel(Gather gather, List<TensorType> types) {
        this.gather = gather;
        this.types = List.copyOf(types);
    }

    @Override
    public boolean overwrites() {
        return true;
    }

    @Override
    protected InRow inRow() {
        Places places = gather.places(types);
        return (inputs, outputs, _) -> gather.read(places, Arrays.asList(inputs), outputs[0]);
    }
}

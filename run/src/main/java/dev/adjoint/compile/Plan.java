package dev.adjoint.compile;

import dev.adjoint.op.source.Constant;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Map;

/// A graph ready to run: steps in order over numbered slots.
///
/// @param arguments the types of the arguments; argument i starts in slot i
/// @param constants the slots that hold given numbers
/// @param steps the kernel runs, in order
/// @param results the slots of the results
/// @param resultTypes their types
/// @param slots how many slots there are
public record Plan(
        List<TensorType> arguments,
        Map<Integer, Constant> constants,
        List<Step> steps,
        List<Integer> results,
        List<TensorType> resultTypes,
        int slots) {
    public Plan {
        arguments = List.copyOf(arguments);
        constants = Map.copyOf(constants);
        steps = List.copyOf(steps);
        results = List.copyOf(results);
        resultTypes = List.copyOf(resultTypes);
    }

    /// The memory of the intermediate values, none of which stands in the place of another that is still read.
    public Buffers buffers() {
        return Buffers.of(this, Buffers.InPlace.NEVER);
    }

    /// The largest number of bytes that are alive at once, arguments and constants included.
    public long peakBytes() {
        return new Liveness(this).peakBytes();
    }
}

package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OrderedMap;
import dev.adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/// Layers beside each other: the results of one input, joined along an axis, y = (f₁(x), …, fₙ(x)).
///
/// x is what every branch takes; their results `[N,…]` agree in all extents but that of the axis.
///
/// {@snippet :
/// Layer layer = Parallel.of(1, "narrow", one).beside("wide", five);
/// }
///
/// @param branches the layers by name, in order, at least one
/// @param axis the axis of the results along which they are joined
public record Parallel(Map<String, Layer> branches, int axis) implements Layer {
    public Parallel {
        branches = OrderedMap.copyOf(branches);
        if (branches.isEmpty()) {
            throw new InvalidArgument("parallel layers are at least one");
        }
    }

    /// One branch whose results are joined along an axis.
    public static Parallel of(int axis, String name, Layer branch) {
        return new Parallel(Map.of(name, branch), axis);
    }

    /// These branches and one more.
    ///
    /// @throws InvalidArgument if the name is taken
    public Parallel beside(String name, Layer branch) {
        if (branches.containsKey(name)) {
            throw new InvalidArgument("a branch called '" + name + "' is there already");
        }
        Map<String, Layer> more = new LinkedHashMap<>(branches);
        more.put(name, branch);
        return new Parallel(more, axis);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return Tensor.concat(
                axis,
                branches.values().stream().map(branch -> branch.apply(x, pass)).toList());
    }
}

package dev.adjoint.nn;

import dev.adjoint.graph.Value;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The layers of a network with what comes out of each and how many weights it has; one that is used again has none the
/// second time.
///
/// @param rows one for every layer, in order
public record Summary(List<Row> rows) {
    /// One layer.
    ///
    /// @param name its name in the network
    /// @param layer its kind
    /// @param output the type of its result
    /// @param weights how many numbers it learns
    public record Row(String name, String layer, TensorType output, long weights) {}

    public Summary {
        rows = List.copyOf(rows);
    }

    /// The summary for inputs of a type; nothing is computed, not even the weights.
    ///
    /// @param input the type of a batch of examples
    /// @throws dev.adjoint.tensor.ShapeMismatch if the input does not fit the network
    public static Summary of(Sequential network, TensorType input) {
        List<Row> rows = new ArrayList<>();
        Tensor x = Value.input("x", input);
        for (Map.Entry<String, Layer> named : network.layers().entrySet()) {
            Layer layer = network.layer(named.getKey());
            Layer typed = Tree.map(layer, w -> Value.input("w", w.type()));
            x = typed.apply(x, Pass.evaluation());
            rows.add(new Row(named.getKey(), layer.getClass().getSimpleName(), x.type(), weights(named.getValue())));
        }
        return new Summary(rows);
    }

    /// How many numbers a layer or network learns; what it measures ([dev.adjoint.tensor.Measured]) does not count.
    public static long weights(Object network) {
        return Tree.learned(network).values().stream()
                .mapToLong(w -> w.shape().count())
                .sum();
    }
}

package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/// Layers one after the other: y = fₙ(… f₂(f₁(x))).
///
/// The names become part of the weights' paths: `layers.conv1.weight`.
///
/// @param layers the layers by name, in order
public record Sequential(Map<String, Layer> layers) implements Layer {
    public Sequential {
        layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
    }

    /// No layers yet: y = x.
    public static Sequential empty() {
        return new Sequential(Map.of());
    }

    /// These layers followed by one more.
    ///
    /// @throws InvalidArgument if the name is taken
    public Sequential then(String name, Layer layer) {
        if (layers.containsKey(name)) {
            throw new InvalidArgument("a layer called '" + name + "' is there already");
        }
        Map<String, Layer> more = new LinkedHashMap<>(layers);
        more.put(name, layer);
        return new Sequential(more);
    }

    /// These layers with another one in the place of one of them, such as a new head for other classes.
    ///
    /// @throws InvalidArgument if there is no layer of this name
    public Sequential with(String name, Layer layer) {
        if (!layers.containsKey(name)) {
            throw new InvalidArgument(
                    "no layer is called '" + name + "'; there are " + String.join(", ", layers.keySet()));
        }
        Map<String, Layer> changed = new LinkedHashMap<>(layers);
        changed.put(name, layer);
        return new Sequential(changed);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor y = x;
        for (Layer layer : layers.values()) {
            y = layer.apply(y, pass);
        }
        return y;
    }
}

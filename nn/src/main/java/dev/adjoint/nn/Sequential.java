package dev.adjoint.nn;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OrderedMap;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Layers one after the other: y = fₙ(… f₂(f₁(x))).
///
/// x is what the first layer takes, y what the last one gives. The names become part of the weights' paths:
/// `layers.conv1.weight`. One and the same record put in twice is one set of weights, used twice: it learns from both
/// places, and stands in files under its first name.
///
/// {@snippet :
/// Linear hidden = Linear.init(Key.of(1), 8, 8);
/// Sequential model = Sequential.empty().then("once", hidden).then("ramp", Activation.relu()).then("again", hidden);
/// Tensor y = model.apply(x, Pass.evaluation());
/// }
///
/// @param layers the layers by name, in order; [Again] in the place of one that is used again
public record Sequential(Map<String, Layer> layers) implements Layer {
    public Sequential {
        layers = OrderedMap.copyOf(layers);
    }

    /// In the place of a layer that stands earlier in the sequence and is used again.
    ///
    /// @param layer the name of that layer
    public record Again(String layer) implements Layer {
        @Override
        public Tensor apply(Tensor x, Pass pass) {
            throw new InvalidArgument("'" + layer + "' is used again, which only the sequence that holds it can do");
        }
    }

    /// No layers yet: y = x.
    public static Sequential empty() {
        return new Sequential(Map.of());
    }

    /// These layers followed by one more. A record with weights that is there already is used again.
    ///
    /// @throws InvalidArgument if the name is taken
    public Sequential then(String name, Layer layer) {
        if (layers.containsKey(name)) {
            throw new InvalidArgument("a layer called '" + name + "' is there already");
        }
        Map<String, Layer> more = new LinkedHashMap<>(layers);
        more.put(name, earlier(layer).<Layer>map(Again::new).orElse(layer));
        return new Sequential(more);
    }

    /// The name under which the same record stands, if it has weights.
    @SuppressWarnings("ReferenceEquality") // equal weights are not shared weights
    private Optional<String> earlier(Layer layer) {
        return layers.entrySet().stream()
                .filter(named ->
                        named.getValue() == layer && !Tree.leaves(layer).isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /// The layer of a name; where one is used again, that one.
    ///
    /// @throws InvalidArgument if there is no layer of this name
    public Layer layer(String name) {
        Layer layer = layers.get(name);
        if (layer == null) {
            throw missing(name);
        }
        return layer instanceof Again again ? layer(again.layer) : layer;
    }

    private InvalidArgument missing(String name) {
        return new InvalidArgument(
                "no layer is called '" + name + "'; there are " + String.join(", ", layers.keySet()));
    }

    /// These layers with another one in the place of one of them, such as a new head for other classes.
    ///
    /// @throws InvalidArgument if there is no layer of this name
    public Sequential with(String name, Layer layer) {
        if (!layers.containsKey(name)) {
            throw missing(name);
        }
        Map<String, Layer> changed = new LinkedHashMap<>(layers);
        changed.put(name, layer);
        return new Sequential(changed);
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        Tensor y = x;
        for (String name : layers.keySet()) {
            y = layer(name).apply(y, pass);
        }
        return y;
    }
}

package dev.adjoint.train.diagnosis;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.Init;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Sequential;
import dev.adjoint.op.Unary;
import dev.adjoint.op.elementwise.Elu;
import dev.adjoint.op.elementwise.LeakyRelu;
import dev.adjoint.op.elementwise.Relu;
import dev.adjoint.op.elementwise.Sigmoid;
import dev.adjoint.op.elementwise.Silu;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A model with other initial weights, or with other functions between them.
public final class Variants {
    private static final List<Unary> FUNCTIONS =
            List.of(new Relu(), new LeakyRelu(0.01), new Elu(1), new Silu(), new Tanh(), new Sigmoid());

    private static final double SMALL = 0.01;

    private Variants() {}

    /// New weights of a shape.
    @FunctionalInterface
    private interface Rule {
        Tensor draw(Key key, Fans fans, Shape shape);
    }

    /// How many inputs each output adds up, and how many outputs each input reaches.
    private record Fans(long in, long out) {
        /// Two axes are `[in,out]`, more are a kernel `[out,in,…]`.
        static Fans of(Shape shape) {
            if (shape.rank() == 2) {
                return new Fans(shape.dim(0), shape.dim(1));
            }
            long taps = shape.part(2, shape.rank()).count();
            return new Fans(shape.dim(1) * taps, shape.dim(0) * taps);
        }
    }

    /// The model with its weights drawn by He's rule, by Glorot's rule, and with a standard deviation of 0.01. Floating
    /// tensors of two axes are taken for matrices `[in,out]`, those of more for kernels `[out,in,…]`; all others stay.
    public static <M> Map<String, M> initialisers(M model, Key key) {
        Map<String, M> variants = new LinkedHashMap<>();
        variants.put("weights by He", drawn(model, key, (k, f, s) -> Init.heNormal(k, f.in, s.dims())));
        variants.put("weights by Glorot", drawn(model, key, (k, f, s) -> Init.glorotUniform(k, f.in, f.out, s.dims())));
        variants.put("small weights", drawn(model, key, (k, f, s) -> Init.normal(k, SMALL, s.dims())));
        return variants;
    }

    private static <M> M drawn(M model, Key key, Rule rule) {
        Set<String> learned = Tree.learned(model).keySet();
        return Tree.mapPaths(model, (path, leaf) -> {
            boolean isDrawn = learned.contains(path) && leaf.dtype().isFloating() && leaf.rank() >= 2;
            return isDrawn
                    ? rule.draw(key.fold(path.hashCode()), Fans.of(leaf.shape()), leaf.shape())
                            .to(leaf.dtype())
                    : leaf;
        });
    }

    /// The network with each of some functions in the place of all its [Activation]s that are followed by weights; those that
    /// it has already are left out. None if it has no such activation.
    public static Map<String, Sequential> activations(Sequential network) {
        Map<String, Sequential> variants = new LinkedHashMap<>();
        for (Unary function : FUNCTIONS) {
            Sequential changed = withFunction(network, function);
            if (!changed.equals(network)) {
                variants.put(function.name(), changed);
            }
        }
        return variants;
    }

    private static Sequential withFunction(Sequential network, Unary function) {
        int weights = Tree.leaves(network).size();
        Map<String, Layer> layers = new LinkedHashMap<>();
        for (Map.Entry<String, Layer> named : network.layers().entrySet()) {
            weights -= Tree.leaves(named.getValue()).size();
            boolean isReplaced = named.getValue() instanceof Activation && weights > 0;
            layers.put(named.getKey(), isReplaced ? new Activation(function) : named.getValue());
        }
        return new Sequential(layers);
    }
}

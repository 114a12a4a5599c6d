package dev.adjoint.train.diagnosis;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.elementwise.Relu;
import dev.adjoint.op.elementwise.Sigmoid;
import dev.adjoint.op.elementwise.Tanh;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.Evaluation;
import dev.adjoint.transform.Vjp;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// The objective of a model as a graph in which its layers are found: weights whose paths differ in the last name only are a
/// layer, and its output is the first value that depends on all of them and on the batch. So any model has layers, whatever
/// its classes are.
final class LayerGraph {
    /// The name of what comes before the first layer.
    static final String INPUT = "input";

    /// One layer.
    ///
    /// @param name the common part of the paths of its weights
    /// @param weights which weights are its own
    /// @param output what comes out of it
    record Layer(String name, BitSet weights, Value output) {}

    /// An application of a ramp, a sigmoid or a tanh that more weights follow.
    ///
    /// @param unitAxis the axis that counts units: channels behind a convolution, else the last
    record Activation(String name, Value value, int unitAxis) {}

    private final Graph graph;

    /// The paths of all tensors of the model.
    private final List<String> paths;

    /// The places of those that are learned.
    private final BitSet learned = new BitSet();

    private final Map<Value, BitSet> sources = new HashMap<>();
    private final List<Layer> layers;

    private LayerGraph(Graph graph, Object model) {
        this.graph = graph;
        this.paths = List.copyOf(Tree.paths(model).keySet());
        Set<String> names = Tree.learned(model).keySet();
        List<Value> inputs = graph.inputs();
        for (int i = 0; i < inputs.size(); i++) {
            learned.set(i, i < paths.size() && names.contains(paths.get(i)));
            BitSet self = new BitSet();
            self.set(Math.min(i, paths.size()), learned.get(i) || i >= paths.size());
            sources.put(inputs.get(i), self);
        }
        graph.calls().forEach(value -> sources.put(value, union(value.inputs())));
        layers = findLayers();
    }

    static <M, B> LayerGraph of(Subject<M, B> subject) {
        var argument = new Evaluation.Argument<>(subject.model(), subject.batch());
        Graph graph =
                Trace.of(argument, a -> subject.loss(a.model(), a.batch())).graph();
        return new LayerGraph(Vjp.withRules(graph), subject.model());
    }

    private BitSet union(List<Value> operands) {
        BitSet union = new BitSet();
        operands.forEach(operand -> union.or(of(operand)));
        return union;
    }

    /// Which weights a value depends on; the bit behind the last weight stands for the batch.
    private BitSet of(Value value) {
        return Objects.requireNonNullElseGet(sources.get(value), BitSet::new);
    }

    /// The graph from the weights and the batch to the loss, as the reverse pass sees it.
    Graph graph() {
        return graph;
    }

    Value loss() {
        return graph.outputs().getFirst();
    }

    /// The weights by path: inputs of the graph that are learned.
    Map<String, Value> weights() {
        Map<String, Value> weights = new LinkedHashMap<>();
        learned.stream().forEach(i -> weights.put(paths.get(i), graph.inputs().get(i)));
        return weights;
    }

    /// The layers that the loss depends on, in the order in which they are passed.
    List<Layer> layers() {
        return layers;
    }

    private List<Layer> findLayers() {
        Map<String, BitSet> missing = groups();
        List<Layer> found = new ArrayList<>();
        for (Value value : graph.calls()) {
            BitSet from = of(value);
            if (!from.get(paths.size())) {
                continue;
            }
            List<String> complete = missing.entrySet().stream()
                    .filter(group -> contains(from, group.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            complete.forEach(name -> found.add(new Layer(name, Objects.requireNonNull(missing.remove(name)), value)));
        }
        return List.copyOf(found);
    }

    /// The weights that the loss depends on, by the name of their layer.
    private Map<String, BitSet> groups() {
        BitSet used = of(loss());
        Map<String, BitSet> groups = new LinkedHashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            if (used.get(i)) {
                groups.computeIfAbsent(layerOf(paths.get(i)), _ -> new BitSet()).set(i);
            }
        }
        return groups;
    }

    /// The name of the layer of a weight: its path without the last name, if that leaves something.
    static String layerOf(String path) {
        int dot = path.lastIndexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }

    private static boolean contains(BitSet all, BitSet part) {
        BitSet rest = (BitSet) part.clone();
        rest.andNot(all);
        return rest.isEmpty();
    }

    /// The last layer on the way to a value; [#INPUT] before the first.
    String layerOf(Value value) {
        BitSet from = of(value);
        return layers.reversed().stream()
                .filter(layer -> layer.weights.intersects(from))
                .map(Layer::name)
                .findFirst()
                .orElse(INPUT);
    }

    /// The activations between the weights: those of the loss itself, which depend on all weights, do not count.
    List<Activation> activations() {
        List<Activation> activations = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        for (Value value : graph.calls()) {
            if (isActivation(value)) {
                String name = value.op().name() + " of " + layerOf(value);
                int count = taken.merge(name, 1, Integer::sum);
                activations.add(new Activation(count == 1 ? name : name + " (" + count + ")", value, unitAxis(value)));
            }
        }
        return activations;
    }

    private boolean isActivation(Value value) {
        boolean known = value.op() instanceof Relu || value.op() instanceof Sigmoid || value.op() instanceof Tanh;
        BitSet from = of(value);
        return known && from.get(paths.size()) && from.cardinality() > 1 && !from.equals(of(loss()));
    }

    private int unitAxis(Value value) {
        Value at = value;
        while (!at.isInput() && !(at.op() instanceof MatMul)) {
            if (at.op() instanceof Convolution) {
                return Math.min(1, value.type().rank() - 1);
            }
            at = at.inputs().stream()
                    .filter(operand -> of(operand).get(paths.size()))
                    .findFirst()
                    .orElseThrow();
        }
        return value.type().rank() - 1;
    }
}

package dev.adjoint.train.diagnosis;

import dev.adjoint.explain.Loss;
import dev.adjoint.explain.WhyZero;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.Evaluation;
import dev.adjoint.transform.Cotangents;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/// What passes through a network on one batch, forward and backward, layer by layer. Compiled once, it observes any weights
/// of the same types.
///
/// Weights whose paths differ in the last name only are a layer; its output is the first value that depends on all of them
/// and on the batch. What a scan computes inside is not seen.
///
/// @param <M> the model, a tree of tensors
/// @param <B> the batch, a tree of tensors
public final class Signals<M, B> {
    private final Subject<M, B> subject;
    private final LayerGraph layers;
    private final List<LayerGraph.Activation> activations;
    private final Executable executable;

    /// What was observed.
    ///
    /// @param loss the objective
    /// @param layers the outputs of the layers, in the order in which they are passed
    /// @param activations the ramps, sigmoids and tanhs between the weights
    /// @param weights every weight that is learned
    public record Observed(double loss, List<Layer> layers, List<ActivationSignal> activations, List<Weight> weights) {
        public Observed {
            layers = List.copyOf(layers);
            activations = List.copyOf(activations);
            weights = List.copyOf(weights);
        }
    }

    /// The output y of a layer.
    ///
    /// @param name the common part of the paths of its weights
    /// @param size √(Σyᵢ²/n)
    /// @param gradient ‖∂J/∂y‖ over the whole batch
    public record Layer(String name, double size, double gradient) {}

    /// A weight.
    ///
    /// @param path its path in the model
    /// @param size ‖w‖
    /// @param gradient ‖∂J/∂w‖
    /// @param lost where the gradient was lost, if it is 0
    public record Weight(String path, double size, double gradient, Optional<Loss> lost) {}

    /// The signals of a training.
    public static <M, B> Signals<M, B> of(Subject<M, B> subject) {
        return new Signals<>(subject);
    }

    private Signals(Subject<M, B> subject) {
        this.subject = subject;
        this.layers = LayerGraph.of(subject);
        this.activations = layers.activations();
        Graph graph = layers.graph();
        Cotangents back = new Cotangents(graph, List.of(layers.loss().onesLike()));
        List<Tensor> wanted = new ArrayList<>(List.of(layers.loss()));
        layers.layers().forEach(layer -> wanted.addAll(List.of(layer.output(), back.orZeros(layer.output()))));
        activations.forEach(activation -> wanted.add(activation.value()));
        layers.weights().values().forEach(weight -> wanted.add(back.orZeros(weight)));
        executable = Executable.compile(
                new Graph(graph.inputs(), wanted.stream().map(Value::of).toList()));
    }

    /// The signals of the subject's own weights.
    public Observed observe() {
        return observe(subject.model());
    }

    /// The signals of other weights.
    public Observed observe(M model) {
        var argument = new Evaluation.Argument<>(model, subject.batch());
        Iterator<Array> results = executable.run(Tree.leaves(argument)).iterator();
        double loss = results.next().item();
        List<Layer> outputs = layers.layers().stream()
                .map(layer -> new Layer(layer.name(), Norms.rootMeanSquare(results.next()), Norms.norm(results.next())))
                .toList();
        List<ActivationSignal> seen = activations.stream()
                .map(activation -> ActivationSignal.of(activation, results.next()))
                .toList();
        List<Weight> weights = new ArrayList<>();
        Tree.learned(model).forEach((path, weight) -> {
            Array gradient = results.next();
            if (weight.dtype().isFloating()) {
                weights.add(weight(model, path, weight, Norms.norm(gradient)));
            }
        });
        return new Observed(loss, outputs, seen, weights);
    }

    private Weight weight(M model, String path, Tensor weight, double gradient) {
        Optional<Loss> lost = gradient == 0 ? lost(model, path) : Optional.empty();
        return new Weight(path, Norms.norm(weight), gradient, lost);
    }

    private Optional<Loss> lost(M model, String path) {
        return WhyZero.of((M m) -> subject.loss(m, subject.batch()), model, path.isEmpty() ? "x" : path)
                .losses()
                .stream()
                .findFirst();
    }
}

package dev.adjoint.bench;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import dev.adjoint.transform.Transformations;
import java.util.List;
import java.util.function.UnaryOperator;

/// A training on one fixed batch, one step after the other.
///
/// @param <M> the model
/// @param <B> the batch
public final class Training<M, B> {
    private final TrainStep<M, B> definition;
    private final Compiled<TrainStep.Argument<M, B>, TrainStep.Result<M>> compiled;
    private final Kernels kernels;
    private final B batch;
    private TrainState<M> state;

    Training(TrainStep<M, B> definition, M model, B batch, Kernels kernels) {
        this.definition = definition;
        this.compiled = Compiled.of(definition, kernels).donating(TrainStep.Argument::state);
        this.kernels = kernels;
        this.batch = batch;
        this.state = TrainState.start(model, definition.optimizer(), Key.of(1)).copy();
    }

    /// Does a step and returns the loss before it.
    double step() {
        TrainStep.Result<M> result = compiled.apply(argument());
        state = result.state();
        return Array.of(result.loss()).item();
    }

    /// The executable of a step.
    Executable executable() {
        return compiled.executable(argument());
    }

    /// The executable of the objective alone.
    Executable prediction() {
        Compiled<M, Tensor> objective =
                Compiled.of(model -> definition.objective().apply(model, batch, Pass.evaluation()), kernels);
        return objective.executable(state.model());
    }

    /// The gradients of the objective by the model, as a step computes them, where every tensor of model and batch is first
    /// changed: given another element type, or moved a little.
    List<Array> gradients(UnaryOperator<Tensor> change) {
        B examples = Tree.map(batch, change);
        Compiled<M, M> gradient = Compiled.of(
                Transformations.grad(
                        (M model) -> definition.objective().apply(model, examples, Pass.training(state.key()))),
                kernels);
        return Tree.leaves(gradient.apply(Tree.map(state.model(), change))).stream()
                .map(Array::of)
                .toList();
    }

    /// What the kernels of a step take, in nanoseconds, on average over some runs that do not change the state.
    List<Long> time(int runs) {
        return executable().time(Tree.leaves(argument()), runs);
    }

    /// Makes the executable of a step anew and runs it once, and says how long each took.
    Phases phases() {
        long start = System.nanoTime();
        Graph graph = Trace.of(argument(), definition).graph();
        long traced = System.nanoTime();
        Executable step = Executable.compile(graph, kernels);
        long ready = System.nanoTime();
        step.run(Tree.leaves(argument()));
        return new Phases(traced - start, ready - traced, System.nanoTime() - ready);
    }

    /// The nanoseconds of a first step.
    ///
    /// @param trace recording the graph with its gradient
    /// @param compile making the plan and choosing kernels
    /// @param run the first run
    record Phases(long trace, long compile, long run) {}

    private TrainStep.Argument<M, B> argument() {
        return new TrainStep.Argument<>(state, batch);
    }
}

package dev.adjoint.train;

import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.transform.Transformations;
import dev.adjoint.transform.Transformations.NumberAndAuxiliary;
import dev.adjoint.transform.Transformations.ValueGradientAuxiliary;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/// One step of training as a pure function: state and batch in, next state and loss out. Compiled by
/// [dev.adjoint.run.Compiled], it is one executable.
///
/// The optimiser moves what is learned; what a layer measures (the statistics of a batch normalisation) becomes what the layer
/// told the pass ([Pass#replace]).
///
/// @param objective what is made small
/// @param optimizer how
/// @param <M> the model, a tree of tensors
/// @param <B> the batch, a tree of tensors
public record TrainStep<M, B>(Objective<M, B> objective, Optimizer optimizer)
        implements Function<TrainStep.Argument<M, B>, TrainStep.Result<M>> {
    /// What goes in.
    public record Argument<M, B>(TrainState<M> state, B batch) {}

    /// What comes out: the next state, and the objective before the step.
    public record Result<M>(TrainState<M> state, Tensor loss) {}

    @Override
    public Result<M> apply(Argument<M, B> argument) {
        TrainState<M> state = argument.state;
        Tensor key = state.key().foldKey(state.step());
        ValueGradientAuxiliary<M, Map<String, Tensor>> loss = Transformations.valueAndGradWithAuxiliary(
                        (M model) -> objective(model, argument.batch, Pass.training(key)))
                .apply(state.model());
        Optimizer.Update<M> update = optimizer.update(loss.gradient(), state.optimizer(), state.model());
        M model = next(state.model(), update.changes(), loss.auxiliary());
        return new Result<>(
                new TrainState<>(
                        model, update.state(), state.key(), state.step().add(1), state.watches()),
                loss.value());
    }

    /// The number and the tensors of the model that the pass replaces.
    private NumberAndAuxiliary<Map<String, Tensor>> objective(M model, B batch, Pass pass) {
        Tensor number = objective.apply(model, batch, pass);
        return new NumberAndAuxiliary<>(number, pass.replacements(model));
    }

    /// What the pass replaced is taken from it, what is measured stays otherwise, and only the rest is moved by the optimiser.
    private static <M> M next(M model, M changes, Map<String, Tensor> replaced) {
        Set<String> learned = Tree.learned(model).keySet();
        Map<String, Tensor> byPath = Tree.paths(changes);
        return Tree.mapPaths(model, (path, w) -> {
            Tensor otherwise = learned.contains(path) ? w.add(Objects.requireNonNull(byPath.get(path))) : w;
            return replaced.getOrDefault(path, otherwise);
        });
    }
}

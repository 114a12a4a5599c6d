package dev.adjoint.train;

import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.transform.Transformations;
import dev.adjoint.transform.Transformations.ValueAndGradient;
import java.util.function.Function;

/// One step of training as a pure function: state and batch in, next state and loss out. Compiled by
/// [dev.adjoint.run.Compiled], it is one executable.
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
        ValueAndGradient<M> loss = Transformations.<M>valueAndGrad(
                        model -> objective.apply(model, argument.batch, Pass.training(key)))
                .apply(state.model());
        Optimizer.Update<M> update = optimizer.update(loss.gradient(), state.optimizer(), state.model());
        M model = Tree.zip(state.model(), update.changes(), Tensor::add);
        return new Result<>(
                new TrainState<>(
                        model, update.state(), state.key(), state.step().add(1), state.watches()),
                loss.value());
    }
}

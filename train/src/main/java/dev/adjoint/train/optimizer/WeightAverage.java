package dev.adjoint.train.optimizer;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;
import java.util.Optional;

/// An exponential moving average of the weights: a ← d·a + (1−d)·(w + Δ), from a = w before the first step. Stands last;
/// training itself does not see it.
///
/// {@snippet :
/// Optimizer optimizer = Adam.of(1e-3).then(new WeightAverage(0.99));
/// Tensor model = Array.of(1.0, 2.0);
/// Record state = optimizer.init(model);
/// Tensor smooth = WeightAverage.in(state, model);    // the weights to predict with
/// }
///
/// Source: Polyak, Juditsky, "Acceleration of stochastic approximation by averaging", 1992; PyTorch's
/// `torch.optim.swa_utils.AveragedModel` with `get_ema_multi_avg_fn(d)`, but counted from the first weights on.
///
/// @param decay d, from 0 to below 1
public record WeightAverage(double decay) implements Optimizer {
    /// a
    public record State<M>(M average) {}

    public WeightAverage {
        Range.fraction("weight average", "the decay", decay);
    }

    @Override
    public <M> State<M> init(M model) {
        return new State<>(model);
    }

    @Override
    @SuppressWarnings("unchecked") // the state is the one that init made for this model
    public <M> Update<M> update(M gradients, Record state, M model) {
        M moved = Tree.zip(model, gradients, Tensor::add);
        M average = Tree.zip(((State<M>) state).average, moved, (a, w) -> Moments.mean(a, decay, w));
        return new Update<>(gradients, new State<>(average));
    }

    /// The averaged weights in the state of an optimiser.
    ///
    /// @param like the model, of which the form is taken
    /// @throws InvalidArgument if none stands in the chain
    public static <M> M in(Record state, M like) {
        State<?> found = find(state)
                .orElseThrow(() -> new InvalidArgument("the optimiser keeps no average of the weights; end"
                        + " its chain with then(new WeightAverage(0.99))"));
        return Tree.withLeaves(like, Tree.leaves(found.average));
    }

    private static Optional<State<?>> find(Record state) {
        return switch (state) {
            case State<?> found -> Optional.of(found);
            case Chain.State chain -> find(chain.second()).or(() -> find(chain.first()));
            case Accumulate.State<?> wrapper -> find(wrapper.inner());
            case Lookahead.State<?> wrapper -> find(wrapper.inner());
            case ReduceOnPlateau.State wrapper -> find(wrapper.inner());
            default -> Optional.empty();
        };
    }
}

package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.Tree;

/// Ends a training after so many epochs in a row without a better figure, and gives back the weights of the best epoch.
///
/// The best weights are given back whatever ends the training; before the first epoch these are the first weights. NaN is
/// no better figure.
///
/// @param goal which figure of the validation, and which way
/// @param patience how many such epochs, at least 1
/// @param least by how much a figure must be better, at least 0
public record EarlyStopping(Goal goal, long patience, double least) implements Watch {
    /// The best figure (smaller is better), the epochs since, and the weights of then.
    public record State<M>(Tensor best, Tensor waited, M model) {}

    public EarlyStopping {
        if (patience < 1 || !(least >= 0)) {
            throw new InvalidArgument("early stopping takes a patience of at least 1 and a least gain of at least 0,"
                    + " not " + patience + " and " + least);
        }
    }

    /// Any gain counts.
    public static EarlyStopping of(Goal goal, long patience) {
        return new EarlyStopping(goal, patience, 0);
    }

    @Override
    public <M> State<M> init(M model) {
        return new State<>(Array.scalar(DType.F64, Double.POSITIVE_INFINITY), Array.scalar(DType.I64, 0), model);
    }

    @Override
    @SuppressWarnings("unchecked") // the state is the one that init made for this model
    public <M> Seen see(Callback.EpochReport<M> report, Record state) {
        State<M> old = (State<M>) state;
        double cost = goal.cost(report.metrics());
        boolean better = cost < Array.of(old.best).item() - least;
        State<M> next = better
                ? new State<>(
                        Array.scalar(DType.F64, cost),
                        Array.scalar(DType.I64, 0),
                        report.state().model())
                : new State<>(old.best, Array.of(old.waited.add(1)), old.model);
        return new Seen(next, report.state().optimizer());
    }

    @Override
    public boolean stops(Record state) {
        return ((State<?>) state).waited.elements().getLong(0) >= patience;
    }

    @Override
    public <M> M result(M last, Record state) {
        return Tree.withLeaves(last, Tree.leaves(((State<?>) state).model));
    }
}

package dev.adjoint.train;

import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Several models that answer together: the mean of their outputs, y = (1/n)·Σᵢ fᵢ(x), or, of scores of classes, of their
/// probabilities, y = ln (1/n)·Σᵢ softmax(fᵢ(x)), whose softmax is that mean.
///
/// Members come from different seeds, from folds, or from one run with [Snapshots].
///
/// Sources: Hansen, Salamon, "Neural network ensembles", 1990; Huang et al., "Snapshot ensembles: train 1, get M for free",
/// ICLR 2017.
///
/// @param members the models, at least one
/// @param mean what is averaged
public record Ensemble(List<Layer> members, Mean mean) implements Layer {
    /// What is averaged.
    public enum Mean {
        /// The outputs themselves.
        OUTPUTS,
        /// The softmax over the last axis; the result is its logarithm.
        PROBABILITIES
    }

    public Ensemble {
        members = List.copyOf(members);
        if (members.isEmpty()) {
            throw new InvalidArgument("an ensemble needs at least one member");
        }
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        List<Tensor> outputs =
                members.stream().map(member -> member.apply(x, pass)).toList();
        if (mean == Mean.OUTPUTS) {
            return Tensor.stack(0, outputs).mean(0);
        }
        List<Tensor> logarithms = outputs.stream().map(y -> y.logSoftmax(-1)).toList();
        return Tensor.stack(0, logarithms).logSumExp(0).sub(Math.log(members.size()));
    }
}

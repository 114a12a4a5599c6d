package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.metric.ConfusionMatrix;
import dev.adjoint.train.metric.RocAuc;
import dev.adjoint.train.metric.TopK;
import java.util.List;
import java.util.Optional;

/// How well a trained network does on data.
///
/// @param classes what its scores are for
/// @param loss the mean cross entropy in nats
/// @param matrix what was taken for what
/// @param top how often the right class is among the highest scores
/// @param area how well the scores tell two classes apart; empty if there are more
public record Evaluated(List<String> classes, double loss, ConfusionMatrix matrix, TopK top, Optional<RocAuc> area) {
    private static final int TOP = 5;

    /// Scores and losses of a batch.
    private record Found(Tensor scores, Tensor losses) {}

    /// The figures of a network on data.
    ///
    /// @throws InvalidArgument if the data does not fit the network
    public static Evaluated of(Trained model, Iterable<Batch> batches) {
        Compiled<Batch, Found> found = Compiled.of(batch -> {
            Tensor scores = Experiment.scores(model.network(), batch, Pass.evaluation());
            return new Found(scores, Losses.softmaxCrossEntropy(scores, Experiment.labels(batch)));
        });
        int k = Math.min(TOP, model.classes().size());
        Evaluated all = null;
        for (Batch batch : batches) {
            Found here = found.apply(batch);
            Array labels = Array.of(Experiment.labels(batch));
            Evaluated one = new Evaluated(
                    model.classes(),
                    Array.of(here.losses.to(DType.F64).sum()).item(),
                    ConfusionMatrix.of(here.scores, labels),
                    TopK.of(k, here.scores, labels),
                    area(here.scores, labels));
            all = all == null ? one : all.plus(one);
        }
        if (all == null) {
            throw new InvalidArgument("there are no examples");
        }
        return new Evaluated(all.classes, all.loss / all.matrix.examples(), all.matrix, all.top, all.area);
    }

    /// Of two classes the difference of their scores speaks for the second.
    private static Optional<RocAuc> area(Tensor scores, Array labels) {
        return scores.dim(1) == 2
                ? Optional.of(RocAuc.of(scores.take(1, 1).sub(scores.take(1, 0)), labels))
                : Optional.empty();
    }

    private Evaluated plus(Evaluated other) {
        return new Evaluated(
                classes,
                loss + other.loss,
                matrix.plus(other.matrix),
                top.plus(other.top),
                area.flatMap(mine -> other.area.map(mine::plus)));
    }
}

package dev.adjoint.train;

import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.metric.ConfusionMatrix;
import dev.adjoint.train.metric.Mean;
import dev.adjoint.train.metric.Perplexity;
import dev.adjoint.train.metric.Regression;
import dev.adjoint.train.metric.RocAuc;
import dev.adjoint.train.metric.Tally;
import dev.adjoint.train.metric.TopK;
import java.util.List;
import java.util.function.Function;

/// What is measured of a model over all examples of some batches: tensors that are computed of every batch, compiled, and
/// what is counted in them.
///
/// @param observed what is computed
/// @param tally what is counted in the computed numbers
/// @param <M> the model
/// @param <B> the batch, a tree of tensors
public record Metric<M, B>(Observed<M, B> observed, Function<List<Tensor>, ? extends Tally<?>> tally) {
    /// What is computed of a batch; pure.
    @FunctionalInterface
    public interface Observed<M, B> {
        List<Tensor> apply(M model, B batch);
    }

    /// One tensor of a batch; pure.
    @FunctionalInterface
    public interface Part<M, B> {
        Tensor apply(M model, B batch);
    }

    /// The mean of a number of every example, `[N]`.
    ///
    /// @param name what it is reported as
    public static <M, B> Metric<M, B> mean(String name, Part<M, B> perExample) {
        return new Metric<>(
                (model, batch) -> List.of(perExample.apply(model, batch)), parts -> Mean.of(name, parts.getFirst()));
    }

    /// [ConfusionMatrix]: `accuracy`, `precision`, `recall`, `f1`.
    ///
    /// @param scores `[N,C]`
    /// @param labels `[N]`
    public static <M, B> Metric<M, B> classification(Part<M, B> scores, Part<M, B> labels) {
        return of(scores, labels, ConfusionMatrix::of);
    }

    /// [TopK]: `top-k accuracy`.
    ///
    /// @param scores `[N,C]`
    /// @param labels `[N]`
    public static <M, B> Metric<M, B> topK(int k, Part<M, B> scores, Part<M, B> labels) {
        return of(scores, labels, (s, l) -> TopK.of(k, s, l));
    }

    /// [RocAuc]: `roc auc`.
    ///
    /// @param scores `[N]`
    /// @param labels 0 or 1, `[N]`
    public static <M, B> Metric<M, B> rocAuc(Part<M, B> scores, Part<M, B> labels) {
        return of(scores, labels, RocAuc::of);
    }

    /// [Regression]: `mae`, `mse`, `r2`.
    public static <M, B> Metric<M, B> regression(Part<M, B> results, Part<M, B> targets) {
        return of(results, targets, Regression::of);
    }

    /// [Perplexity]: `perplexity`.
    ///
    /// @param losses cross entropies in nats
    public static <M, B> Metric<M, B> perplexity(Part<M, B> losses) {
        return new Metric<>(
                (model, batch) -> List.of(losses.apply(model, batch)), parts -> Perplexity.of(parts.getFirst()));
    }

    private interface OfTwo {
        Tally<?> of(Tensor first, Tensor second);
    }

    private static <M, B> Metric<M, B> of(Part<M, B> first, Part<M, B> second, OfTwo tally) {
        return new Metric<>(
                (model, batch) -> List.of(first.apply(model, batch), second.apply(model, batch)),
                parts -> tally.of(parts.getFirst(), parts.getLast()));
    }
}

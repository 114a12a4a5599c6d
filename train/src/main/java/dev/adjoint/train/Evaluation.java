package dev.adjoint.train;

import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.metric.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The figures of some metrics over all examples of some batches.
///
/// @param <M> the model, a tree of tensors
/// @param <B> the batch, a tree of tensors
public final class Evaluation<M, B> {
    private final List<Metric<M, B>> metrics;
    private final Compiled<Argument<M, B>, List<List<Tensor>>> observed;

    /// What the compiled function takes.
    public record Argument<M, B>(M model, B batch) {}

    public Evaluation(List<Metric<M, B>> metrics, Kernels kernels) {
        this.metrics = List.copyOf(metrics);
        this.observed = Compiled.of(this::observe, kernels);
    }

    private List<List<Tensor>> observe(Argument<M, B> argument) {
        return metrics.stream()
                .map(metric -> metric.observed().apply(argument.model, argument.batch))
                .toList();
    }

    /// Every figure by name, in the order of the metrics. Without batches there are none.
    ///
    /// @throws InvalidArgument if two metrics have a figure of one name
    public Map<String, Double> figures(M model, Iterable<B> batches) {
        List<Tally<?>> totals = new ArrayList<>();
        for (B batch : batches) {
            List<List<Tensor>> parts = observed.apply(new Argument<>(model, batch));
            for (int i = 0; i < metrics.size(); i++) {
                Tally<?> tally = metrics.get(i).tally().apply(parts.get(i));
                if (totals.size() == i) {
                    totals.add(tally);
                } else {
                    totals.set(i, sum(totals.get(i), tally));
                }
            }
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        totals.forEach(total -> total.figures().forEach((name, figure) -> {
            if (figures.put(name, figure) != null) {
                throw new InvalidArgument("two metrics have a figure called '" + name + "'");
            }
        }));
        return figures;
    }

    @SuppressWarnings("unchecked") // both come from one metric
    private static <T extends Tally<T>> Tally<?> sum(Tally<?> total, Tally<?> tally) {
        return ((T) total).plus((T) tally);
    }
}

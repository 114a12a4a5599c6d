package dev.adjoint.train;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The means of some metrics over all examples of some batches, weighted by example, summed in f64.
///
/// @param <M> the model, a tree of tensors
/// @param <B> the batch, a tree of tensors
public final class Evaluation<M, B> {
    private final List<Metric<M, B>> metrics;
    private final Compiled<Argument<M, B>, List<Tensor>> sums;

    /// What the compiled sums take.
    public record Argument<M, B>(M model, B batch) {}

    public Evaluation(List<Metric<M, B>> metrics, Kernels kernels) {
        this.metrics = List.copyOf(metrics);
        this.sums = Compiled.of(this::perExample, kernels);
    }

    private List<Tensor> perExample(Argument<M, B> argument) {
        return metrics.stream()
                .map(metric ->
                        metric.function().apply(argument.model, argument.batch).to(DType.F64))
                .toList();
    }

    /// The mean of every metric by name; NaN if there are no examples.
    public Map<String, Double> means(M model, Iterable<B> batches) {
        double[] totals = new double[metrics.size()];
        long examples = 0;
        for (B batch : batches) {
            List<Tensor> numbers = sums.apply(new Argument<>(model, batch));
            for (int i = 0; i < totals.length; i++) {
                totals[i] += Array.of(numbers.get(i).sum()).item();
            }
            examples += numbers.isEmpty() ? 0 : numbers.getFirst().shape().count();
        }
        Map<String, Double> means = new LinkedHashMap<>();
        for (int i = 0; i < totals.length; i++) {
            means.put(metrics.get(i).name(), totals[i] / examples);
        }
        return means;
    }
}

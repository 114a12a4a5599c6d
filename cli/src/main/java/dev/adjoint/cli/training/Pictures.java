package dev.adjoint.cli.training;

import dev.adjoint.draw.GraphSvg;
import dev.adjoint.draw.LossChart;
import dev.adjoint.draw.Scale;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.source.Input;
import dev.adjoint.train.optimizer.Schedule;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The pictures of a run.
final class Pictures {
    private Pictures() {}

    /// The graph of the objective, parameters and kept values marked.
    static String graph(Experiment experiment) {
        Graph graph = experiment.forward();
        Set<String> parameters = graph.inputs().stream()
                .map(Value::op)
                .flatMap(op -> op instanceof Input input ? Stream.of(input.label()) : Stream.of())
                .filter(label -> label.startsWith("model."))
                .collect(Collectors.toSet());
        return GraphSvg.draw(graph, parameters);
    }

    /// The losses of training and testing, epoch by epoch.
    static String losses(History history) {
        LossChart chart = new LossChart("Loss", "epoch", "softmax cross entropy", Scale.LOGARITHMIC);
        return chart.draw(List.of(
                series("training", history, History.Epoch::trainLoss),
                series("test", history, History.Epoch::testLoss)));
    }

    /// The rates of a run, step by step.
    static String rates(Schedule schedule, long steps) {
        // A chart is 720 pixels wide; more points than that would only take time.
        long stride = Math.ceilDiv(steps, 720);
        int points = (int) Math.ceilDiv(steps, stride);
        Schedule coarse = step -> schedule.rate(step.mul((double) stride));
        double[] at = IntStream.range(0, points)
                .mapToDouble(i -> (double) (i * stride))
                .toArray();
        LossChart chart = new LossChart("Learning rate", "step", "rate", Scale.LINEAR);
        return chart.draw(List.of(LossChart.Series.of("rate", at, coarse.values(points))));
    }

    private static LossChart.Series series(String name, History history, ToDoubleFunction<History.Epoch> value) {
        double[] epochs =
                history.epochs().stream().mapToDouble(History.Epoch::epoch).toArray();
        double[] values = history.epochs().stream().mapToDouble(value).toArray();
        return LossChart.Series.of(name, epochs, values);
    }
}

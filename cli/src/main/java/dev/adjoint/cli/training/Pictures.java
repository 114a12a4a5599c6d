package dev.adjoint.cli.training;

import dev.adjoint.draw.GraphSvg;
import dev.adjoint.draw.LossChart;
import dev.adjoint.draw.Scale;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.source.Input;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
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

    private static LossChart.Series series(String name, History history, ToDoubleFunction<History.Epoch> value) {
        double[] epochs =
                history.epochs().stream().mapToDouble(History.Epoch::epoch).toArray();
        double[] values = history.epochs().stream().mapToDouble(value).toArray();
        return LossChart.Series.of(name, epochs, values);
    }
}

package dev.adjoint.cli.training;

import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Table;
import dev.adjoint.data.Batch;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Summary;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.train.TrainStep;
import dev.adjoint.transform.KeptForBackward;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a network is made of and what it costs, for one batch of its setting.
///
/// @param configuration the model, data and batch size
/// @param input the type of a batch
/// @param layers its layers
/// @param kept what the forward pass keeps for the backward pass
/// @param trainBytes the most memory that a training step holds at once
/// @param predictBytes the most memory that a prediction holds at once
public record ModelReport(
        Configuration configuration,
        TensorType input,
        Summary layers,
        List<KeptForBackward> kept,
        long trainBytes,
        long predictBytes) {
    /// The report on an experiment's network; nothing is trained.
    public static ModelReport of(Experiment experiment) {
        Layer network = experiment.start().model();
        Batch batch = experiment.exampleBatch();
        Graph forward = experiment.forward();
        Graph predict = Trace.of(batch.features(), x -> network.apply(x, Pass.evaluation()))
                .graph();
        var argument = new TrainStep.Argument<>(experiment.start(), batch);
        Graph step = Trace.of(argument, experiment.step()).graph();
        return new ModelReport(
                experiment.configuration(),
                batch.features().type(),
                experiment.task().layers(network, batch),
                KeptForBackward.of(forward).stream().filter(k -> k.bytes() > 0).toList(),
                Executable.compile(step).plan().peakBytes(),
                Executable.compile(predict).plan().peakBytes());
    }

    /// How many numbers the network learns.
    public long parameters() {
        return layers.rows().stream().mapToLong(Summary.Row::weights).sum();
    }

    /// The bytes that the forward pass keeps for the backward pass.
    public long keptBytes() {
        return KeptForBackward.bytes(kept);
    }

    /// The report as tables.
    public String text() {
        Table table = Table.of("layer", "kind", "output", ">parameters");
        table.row("input", "", input, "");
        layers.rows().forEach(row -> table.row(row.name(), row.layer(), row.output(), row.weights()));
        Table values = Table.of("kept for backward", "type", ">bytes", "read by the backward pass of");
        kept.forEach(
                k -> values.row(k.value().op().name(), k.value().type(), k.bytes(), String.join(", ", k.wantedBy())));
        Table memory = Table.of("memory", ">")
                .row("parameters", parameters() + " (" + Decimal.bytes(4 * parameters()) + ")")
                .row("kept for backward", Decimal.bytes(keptBytes()))
                .row("training step, at most", Decimal.bytes(trainBytes))
                .row("prediction, at most", Decimal.bytes(predictBytes));
        return configuration.text(Setting.MODEL) + " for " + configuration.text(Setting.DATA) + ", batches of "
                + configuration.text(Setting.BATCH) + "\n\n" + table + "\n\n" + values + "\n\n" + memory + "\n";
    }

    /// The report as a JSON object.
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("model", configuration.text(Setting.MODEL));
        json.put("data", configuration.text(Setting.DATA));
        json.put("batch", configuration.whole(Setting.BATCH));
        json.put("input", input);
        json.put("layers", layers.rows().stream().map(ModelReport::json).toList());
        json.put("parameters", parameters());
        json.put("kept_bytes", keptBytes());
        json.put("train_bytes", trainBytes);
        json.put("predict_bytes", predictBytes);
        return json;
    }

    private static Map<String, Object> json(Summary.Row row) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", row.name());
        json.put("kind", row.layer());
        json.put("output", row.output());
        json.put("parameters", row.weights());
        return json;
    }
}

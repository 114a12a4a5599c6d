package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.io.Safetensors;
import dev.adjoint.nn.Layer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A network with all that is needed to use it on new data.
public sealed interface Trained permits TrainedModel, TrainedText {
    /// The network.
    Layer network();

    /// What the scores of the network are for, in order.
    List<String> classes();

    /// All of the data as the network takes it, in batches.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if it does not fit the network
    Iterable<Batch> batches(DataSource source);

    /// What its training would hold out of the data, as the network takes it, in batches.
    ///
    /// @throws dev.adjoint.tensor.InvalidArgument if it does not fit the network
    Iterable<Batch> heldOut(DataSource source);

    /// Writes weights and settings; the same run gives the same bytes.
    void save(Path file, Configuration configuration);

    /// The model in a file that [#save] wrote.
    ///
    /// @throws dev.adjoint.tensor.AdjointException if the file cannot be read, is damaged or comes from elsewhere
    static Trained load(Path file) {
        Map<String, String> texts = Safetensors.read(file).metadata();
        Configuration configuration = Configuration.of(texts, file);
        Selection model = Selection.parse(configuration.text(Setting.MODEL));
        return TextModels.find(model.name()).isPresent()
                ? TrainedText.load(file, texts, model)
                : TrainedModel.load(file, texts, model);
    }
}

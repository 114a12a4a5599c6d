package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.Standardisation;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.io.Safetensors;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.zoo.Models;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Key;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A network with all that is needed to use it on new examples.
///
/// @param network the layers
/// @param features what tables of features go through before; images are taken as they are
/// @param known what it knows of its examples
/// @param part what its training held out
public record TrainedModel(Sequential network, Optional<Standardisation> features, Known known, HeldOut part)
        implements Trained {
    private static final int BATCH = 256;

    /// The tensors of a network and its features as one tree: `layers.conv1.weight`, `features.mean`.
    private Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("layers", network.layers());
        features.ifPresent(standardisation -> tree.put("features", standardisation));
        return tree;
    }

    @Override
    public List<String> classes() {
        return known.classes();
    }

    /// All examples of a source as the network takes them.
    ///
    /// @throws dev.adjoint.data.UnreadableData if they cannot be read
    /// @throws dev.adjoint.tensor.InvalidArgument if they have another shape or other classes than the network knows
    Dataset prepare(DataSource source) {
        return prepared(known.read(source));
    }

    /// All examples of a source as the network takes them; they need not have labels.
    ///
    /// @throws dev.adjoint.data.UnreadableData as [#prepare] does
    /// @throws dev.adjoint.tensor.InvalidArgument as [#prepare] does
    Asked asked(DataSource source) {
        Asked asked = known.asked(source);
        return new Asked(prepared(asked.examples()), asked.labels());
    }

    private Dataset prepared(Dataset dataset) {
        return features.map(standardisation -> standardisation.apply(dataset)).orElse(dataset);
    }

    @Override
    public Iterable<Batch> heldOut(DataSource source) {
        Dataset test = source instanceof DataSource.CsvFile
                ? part.split(known.read(source)).test()
                : known.checked(part.split(known.withClasses(source)).test());
        return prepared(test).batches(BATCH);
    }

    @Override
    public Iterable<Batch> batches(DataSource source) {
        return prepare(source).batches(BATCH);
    }

    @Override
    public void save(Path file, Configuration configuration) {
        Map<String, String> texts = configuration.texts();
        known.write(texts);
        Safetensors.save(file, tree(), texts);
    }

    static TrainedModel load(Path file, Map<String, String> texts, Selection selection) {
        Models model = Models.named(selection.name())
                .orElseThrow(() -> new AdjointException(file + ": no model is called '" + selection.name() + "'"));
        Known known = Known.of(texts, file);
        Sequential network =
                model.init(Key.of(0), known.example(), known.classes().size());
        Optional<Standardisation> features =
                Features.isTable(known.example()) ? Optional.of(Features.like(known.example())) : Optional.empty();
        TrainedModel like = new TrainedModel(network, features, known, HeldOut.of(Configuration.of(texts, file)));
        return like.with(Safetensors.load(file, like.tree()));
    }

    @SuppressWarnings("unchecked") // the tree has the form of the one above
    private TrainedModel with(Map<String, Object> tree) {
        return new TrainedModel(
                new Sequential((Map<String, Layer>) Objects.requireNonNull(tree.get("layers"))),
                features.map(_ -> (Standardisation) Objects.requireNonNull(tree.get("features"))),
                known,
                part);
    }
}

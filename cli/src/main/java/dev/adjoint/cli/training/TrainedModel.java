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
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A network with all that is needed to use it on new examples.
///
/// @param network the layers
/// @param features what tables of features go through before; images are taken as they are
/// @param example the shape of one example
/// @param classes the names of the classes
public record TrainedModel(Sequential network, Optional<Standardisation> features, Shape example, List<String> classes)
        implements Trained {
    private static final int BATCH = 256;

    /// The tensors of a network and its features as one tree: `layers.conv1.weight`, `features.mean`.
    private Map<String, Object> tree() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("layers", network.layers());
        features.ifPresent(standardisation -> tree.put("features", standardisation));
        return tree;
    }

    /// The examples as the network takes them.
    ///
    /// @throws InvalidArgument if they have another shape or more classes than the network knows
    public Dataset prepare(Dataset dataset) {
        if (!dataset.exampleShape().equals(example)) {
            throw new InvalidArgument("the model takes examples " + example + ", but those of " + dataset.name()
                    + " are " + dataset.exampleShape());
        }
        List<String> names = dataset.classNames();
        if (names.size() > classes.size()) {
            throw new InvalidArgument(
                    "the model knows " + classes.size() + " classes, but " + dataset.name() + " has " + names.size());
        }
        if (!classes.subList(0, names.size()).equals(names)) {
            throw new InvalidArgument("the model knows the classes " + String.join(", ", classes) + ", but those of "
                    + dataset.name() + " are " + String.join(", ", names));
        }
        return features.map(standardisation -> standardisation.apply(dataset)).orElse(dataset);
    }

    @Override
    public Iterable<Batch> batches(DataSource source, Part part) {
        Dataset data = part == Part.ALL
                ? source.dataset()
                : source.split(Classification.TEST_FRACTION, Classification.SPLIT)
                        .test();
        return prepare(data).batches(BATCH);
    }

    @Override
    public void save(Path file, Configuration configuration) {
        Map<String, String> texts = configuration.texts();
        texts.put("example", example.toString());
        for (int i = 0; i < classes.size(); i++) {
            texts.put("class." + i, classes.get(i));
        }
        Safetensors.save(file, tree(), texts);
    }

    static TrainedModel load(Path file, Map<String, String> texts, Selection selection) {
        Models model = Models.named(selection.name())
                .orElseThrow(() -> new AdjointException(file + ": no model is called '" + selection.name() + "'"));
        Shape example = example(Configuration.text(texts, "example", file), file);
        List<String> classes = classes(texts);
        Sequential network = model.init(Key.of(0), example, classes.size());
        Optional<Standardisation> features =
                Features.isTable(example) ? Optional.of(Features.like(example)) : Optional.empty();
        TrainedModel like = new TrainedModel(network, features, example, classes);
        return like.with(Safetensors.load(file, like.tree()));
    }

    @SuppressWarnings("unchecked") // the tree has the form of the one above
    private TrainedModel with(Map<String, Object> tree) {
        return new TrainedModel(
                new Sequential((Map<String, Layer>) Objects.requireNonNull(tree.get("layers"))),
                features.map(_ -> (Standardisation) Objects.requireNonNull(tree.get("features"))),
                example,
                classes);
    }

    private static Shape example(String text, Path file) {
        try {
            return Shape.of(Arrays.stream(text.replaceAll("[\\[\\] ]", "").split(","))
                    .mapToLong(Long::parseLong)
                    .toArray());
        } catch (NumberFormatException e) {
            throw new AdjointException(file + ": the shape of an example in its header is damaged: " + text, e);
        }
    }

    private static List<String> classes(Map<String, String> texts) {
        List<String> classes = new ArrayList<>();
        String name = texts.get("class.0");
        while (name != null) {
            classes.add(name);
            name = texts.get("class." + classes.size());
        }
        return classes;
    }
}

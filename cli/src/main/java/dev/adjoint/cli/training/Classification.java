package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.Split;
import dev.adjoint.data.Standardisation;
import dev.adjoint.data.image.ImageFolder;
import dev.adjoint.data.loader.Loader;
import dev.adjoint.data.table.Encoding;
import dev.adjoint.data.transform.ImageTransform;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.Summary;
import dev.adjoint.nn.zoo.Models;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.ShapeMismatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Labelled examples, and a network that gives every class a score.
final class Classification implements Task {
    private static final int TEST_BATCH = 256;

    private final Models model;
    private final Dataset train;
    private final Dataset test;
    private final Material material;
    private final Optional<Standardisation> features;
    private final Optional<ImageTransform> augmentation;

    /// What is learned from.
    ///
    /// @param split the examples
    /// @param encoding how the columns of a table in a file became numbers
    /// @param heldOut what is held out
    /// @param leftOut images that are no part of them, as they cannot be read
    record Material(Split split, Optional<Encoding> encoding, HeldOut heldOut, List<ImageFolder.Corrupt> leftOut) {
        Material {
            leftOut = List.copyOf(leftOut);
        }
    }

    /// @param augment the changes of training images, or nothing
    /// @throws InvalidArgument if the examples do not fit the model
    Classification(Models model, Material material, String augment) {
        this.model = model;
        this.material = material;
        Split split = material.split;
        this.features = Features.of(split.train());
        this.train = features.map(f -> f.apply(split.train())).orElse(split.train());
        this.test = features.map(f -> f.apply(split.test())).orElse(split.test());
        this.augmentation = Change.parse(augment, train.exampleShape());
        requireFit();
    }

    /// Only types are looked at: nothing is computed yet.
    private void requireFit() {
        try {
            layers(init(Key.of(0)), train.batch(0));
        } catch (InvalidArgument e) {
            throw new InvalidArgument(e.getMessage() + "; the data is " + train);
        } catch (ShapeMismatch e) {
            throw new InvalidArgument(
                    "model " + model.label() + " does not take the data " + train + ": " + e.getMessage());
        }
    }

    @Override
    public Sequential init(Key key) {
        return model.init(key, train.exampleShape(), classes());
    }

    @Override
    public Summary layers(Layer network, Batch batch) {
        return Summary.of((Sequential) network, batch.features().type());
    }

    @Override
    public Dataset train() {
        return train;
    }

    @Override
    public Loader loader(int batchSize) {
        Loader loader = Loader.of(train, batchSize);
        return augmentation.map(loader::images).orElse(loader);
    }

    @Override
    public Iterable<Batch> test() {
        return test.batches(TEST_BATCH);
    }

    @Override
    public long classes() {
        return train.classNames().size();
    }

    @Override
    public String dataName() {
        return train.name();
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", train.name());
        facts.put("training_examples", train.size());
        facts.put("test_examples", test.size());
        facts.put("classes", classes());
        if (!material.leftOut.isEmpty()) {
            facts.put(
                    "left_out",
                    material.leftOut.stream().map(ImageFolder.Corrupt::reason).toList());
        }
        Fingerprint fingerprint = new Fingerprint();
        for (Array numbers : new Array[] {train.features(), train.labels()}) {
            fingerprint.add(numbers.toDoubles());
        }
        facts.put("training_sha256", fingerprint.hex());
        return facts;
    }

    @Override
    public List<ImageFolder.Corrupt> leftOut() {
        return material.leftOut;
    }

    @Override
    public TrainedModel trained(Layer network) {
        return new TrainedModel(
                (Sequential) network,
                features,
                new Known(train.exampleShape(), train.classNames(), material.encoding),
                material.heldOut);
    }
}

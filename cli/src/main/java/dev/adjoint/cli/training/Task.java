package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Examples;
import dev.adjoint.data.image.ImageFolder;
import dev.adjoint.data.loader.Loader;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Summary;
import dev.adjoint.tensor.Key;
import java.util.List;
import java.util.Map;

/// What is learned: a network, and the examples that it learns from and is measured with.
sealed interface Task permits Classification, TextTask {
    /// The network with new weights.
    Layer init(Key key);

    /// What the network is made of, for batches like this one.
    Summary layers(Layer network, Batch batch);

    /// The examples that are trained on.
    Examples train();

    /// The batches of an epoch.
    Loader loader(int batchSize);

    /// The examples that are held out.
    Iterable<Batch> test();

    /// How many labels there are to choose from.
    long classes();

    /// What the data is called.
    String dataName();

    /// What identifies the training data.
    Map<String, Object> facts();

    /// Images that are no part of the data, as they cannot be read.
    List<ImageFolder.Corrupt> leftOut();

    /// The network with all that is needed to use it.
    Trained trained(Layer network);
}

package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.Dataset;
import dev.adjoint.data.Split;
import dev.adjoint.data.Standardisation;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.zoo.Models;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Sequential;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Batches;
import dev.adjoint.train.Evaluation;
import dev.adjoint.train.Metric;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.Trainer;
import dev.adjoint.train.optimizer.Adam;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.Schedule;
import dev.adjoint.train.optimizer.WeightDecay;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The computation of a run: softmax cross entropy, made small by Adam with a half cosine of rates and a little weight
/// decay, on four fifths of the data; the last fifth is held out for testing.
public final class Experiment {
    private static final double TEST_FRACTION = 0.2;
    private static final double RATE = 2e-3;
    private static final double DECAY = 1e-4;
    private static final int TEST_BATCH = 256;

    /// The same examples are held out whatever the seed, so that runs can be compared.
    private static final Key SPLIT = Key.of(0);

    private final Setting setting;
    private final Models model;
    private final Dataset train;
    private final Dataset test;
    private final Optional<Standardisation> features;

    /// @throws dev.adjoint.tensor.InvalidArgument if the examples do not fit the model or are too few to split
    public Experiment(Setting setting, Models model, Dataset data) {
        this.setting = setting;
        this.model = model;
        Split split = data.split(TEST_FRACTION, SPLIT);
        this.features = Features.of(split.train());
        this.train = features.map(f -> f.apply(split.train())).orElse(split.train());
        this.test = features.map(f -> f.apply(split.test())).orElse(split.test());
        init();
    }

    /// The setting.
    public Setting setting() {
        return setting;
    }

    /// The examples that are trained on.
    public Dataset train() {
        return train;
    }

    private Sequential init() {
        return model.init(key(0), train.exampleShape(), train.classNames().size());
    }

    private Key key(int purpose) {
        return Key.of(setting.seed()).split(3).get(purpose);
    }

    /// The state before the first step.
    public TrainState<Sequential> start() {
        return TrainState.start(init(), optimizer(), key(1));
    }

    /// The network of a state with what its features need.
    public TrainedModel trained(Sequential network) {
        return new TrainedModel(network, features, train.exampleShape(), train.classNames());
    }

    /// A batch of the setting's size: the first training examples, some of them twice if there are too few.
    Batch exampleBatch() {
        int[] rows =
                IntStream.range(0, setting.batch()).map(i -> i % train.size()).toArray();
        return train.batch(rows);
    }

    /// The objective as a graph of network and batch, as it stands in training.
    Graph forward() {
        var arguments = new Arguments(init(), exampleBatch(), Array.key(key(1)));
        return Trace.of(arguments, a -> objective(a.model, a.batch, Pass.training(a.key)))
                .graph();
    }

    private record Arguments(Sequential model, Batch batch, Tensor key) {}

    /// One step.
    public TrainStep<Sequential, Batch> step() {
        return new TrainStep<>(Experiment::objective, optimizer());
    }

    /// The steps of an epoch.
    public long stepsPerEpoch() {
        return Math.ceilDiv(train.size(), setting.batch());
    }

    /// The trainer of this run on the given kernels.
    public Trainer<Sequential, Batch> trainer(Kernels kernels) {
        Evaluation<Sequential, Batch> evaluation = new Evaluation<>(metrics(), kernels);
        return new Trainer<>(step(), batches(), kernels)
                .validation(new Trainer.Validation<>(test.batches(TEST_BATCH), evaluation));
    }

    private Optimizer optimizer() {
        return WeightDecay.of(DECAY).then(Adam.of(schedule()));
    }

    /// The rates of the optimiser.
    Schedule schedule() {
        return Schedule.cosine(RATE, steps());
    }

    /// The steps of all epochs.
    long steps() {
        return setting.epochs() * stepsPerEpoch();
    }

    private Batches<Batch> batches() {
        Key shuffle = key(2);
        return new Batches<>() {
            @Override
            public long count() {
                return stepsPerEpoch();
            }

            @Override
            public Iterable<Batch> epoch(long epoch) {
                return train.batches(setting.batch(), shuffle.fold(epoch));
            }
        };
    }

    private static Tensor objective(Sequential network, Batch batch, Pass pass) {
        return Losses.softmaxCrossEntropy(network.apply(batch.features(), pass), batch.labels())
                .mean();
    }

    private static List<Metric<Sequential, Batch>> metrics() {
        return List.of(
                Metric.mean(
                        "loss",
                        (network, batch) -> Losses.softmaxCrossEntropy(
                                network.apply(batch.features(), Pass.evaluation()), batch.labels())),
                Metric.mean(
                        "accuracy",
                        (network, batch) ->
                                Losses.correct(network.apply(batch.features(), Pass.evaluation()), batch.labels())));
    }
}

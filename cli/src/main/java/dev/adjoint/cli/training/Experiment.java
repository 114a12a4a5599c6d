package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.image.ImageFolder;
import dev.adjoint.data.loader.Loader;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Losses;
import dev.adjoint.nn.MixedPrecision;
import dev.adjoint.nn.Pass;
import dev.adjoint.run.Array;
import dev.adjoint.run.Kernels;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.train.Batches;
import dev.adjoint.train.EarlyStopping;
import dev.adjoint.train.Evaluation;
import dev.adjoint.train.Goal;
import dev.adjoint.train.Metric;
import dev.adjoint.train.RateFinder;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.Trainer;
import dev.adjoint.train.Watch;
import dev.adjoint.train.diagnosis.Subject;
import dev.adjoint.train.optimizer.Schedule;
import dev.adjoint.train.optimizer.WeightAverage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// The computation of a run: softmax cross entropy, made small by an optimiser over the batches of some epochs, and measured
/// on examples that are held out.
public final class Experiment {
    private final Configuration configuration;
    private final Task task;
    private final Descent descent;

    /// @param configuration complete
    Experiment(Configuration configuration, Task task) {
        this.configuration = configuration;
        this.task = task;
        this.descent = Descent.of(configuration, steps());
        if (configuration.number(Setting.EMA) > 0
                && configuration.find(Setting.PATIENCE).isPresent()) {
            throw new InvalidArgument("--ema and --patience both say which weights are kept; give one of them");
        }
    }

    /// The experiment that a configuration describes.
    ///
    /// @throws InvalidArgument if it does not fit together
    /// @throws dev.adjoint.data.UnreadableData if the data cannot be read
    public static Experiment of(Configuration given) {
        return Plan.of(given).experiment();
    }

    /// The experiments of cross-validation: each holds out another part.
    ///
    /// @throws InvalidArgument if it does not fit together, or the data is text
    /// @throws dev.adjoint.data.UnreadableData if the data cannot be read
    public static List<Experiment> folds(Configuration given, int count) {
        return Plan.of(given).folds(count);
    }

    /// The complete configuration.
    public Configuration configuration() {
        return configuration;
    }

    /// What is learned.
    Task task() {
        return task;
    }

    /// Whether a text is learned, a character at a time.
    public boolean isText() {
        return task instanceof TextTask;
    }

    /// How many labels there are to choose from.
    public long classes() {
        return task.classes();
    }

    /// Images that are no part of the data, as they cannot be read.
    public List<ImageFolder.Corrupt> leftOut() {
        return task.leftOut();
    }

    /// What the data is called.
    public String dataName() {
        return task.dataName();
    }

    private Key key(int purpose) {
        return Key.of(configuration.whole(Setting.SEED)).split(3).get(purpose);
    }

    private int batch() {
        return (int) configuration.whole(Setting.BATCH);
    }

    /// The number of epochs.
    public long epochs() {
        return configuration.whole(Setting.EPOCHS);
    }

    /// The state before the first step.
    public TrainState<Layer> start() {
        return TrainState.start(task.init(key(0)), descent.optimizer(), key(1)).watched(watches());
    }

    /// The network that a finished training leaves.
    ///
    /// @param state its last state
    Layer result(TrainState<Layer> state) {
        return configuration.number(Setting.EMA) > 0
                ? WeightAverage.in(state.optimizer(), state.model())
                : state.model();
    }

    /// Whether the network that is left may be another than the last one that was measured.
    boolean resultDiffers() {
        return configuration.number(Setting.EMA) > 0
                || configuration.find(Setting.PATIENCE).isPresent();
    }

    /// A batch of the usual size: the first training examples, some of them twice if there are too few.
    Batch exampleBatch() {
        return task.train()
                .batch(IntStream.range(0, batch())
                        .map(i -> i % task.train().size())
                        .toArray());
    }

    /// The objective as a graph of network and batch, as it stands in training.
    Graph forward() {
        var arguments = new Arguments(start().model(), exampleBatch(), Array.key(key(1)));
        return Trace.of(arguments, a -> objective(a.model, a.batch, Pass.training(a.key)))
                .graph();
    }

    /// The training as it is to be diagnosed: the start, the step, and the first batches.
    ///
    /// @param examples how many there are at least, if there are so many
    public Subject<Layer, Batch> subject(int examples) {
        int enough = Math.ceilDiv(examples, batch());
        List<Batch> first = new ArrayList<>();
        for (Batch batch : batches().epoch(0)) {
            first.add(batch);
            if (first.size() == enough) {
                break;
            }
        }
        return new Subject<>(start().model(), step(), first, key(1));
    }

    /// The losses of the first batches at growing rates.
    RateFinder.Curve rates(RateFinder finder) {
        return finder.run(
                schedule -> new TrainStep<>(this::objective, Descent.optimizer(configuration, schedule)),
                start().model(),
                batches().epoch(0));
    }

    private record Arguments(Layer model, Batch batch, Tensor key) {}

    /// One step.
    public TrainStep<Layer, Batch> step() {
        return new TrainStep<>(this::objective, descent.optimizer());
    }

    /// The trainer of this run on the given kernels.
    public Trainer<Layer, Batch> trainer(Kernels kernels) {
        return new Trainer<>(step(), batches(), kernels)
                .validation(new Trainer.Validation<>(task.test(), evaluation(kernels)))
                .watches(watches());
    }

    private List<Watch> watches() {
        return configuration
                .find(Setting.PATIENCE)
                .<List<Watch>>map(
                        patience -> List.of(EarlyStopping.of(Goal.smallest("loss"), Long.parseLong(patience))))
                .orElse(List.of());
    }

    /// Trains without leaving anything, and measures what comes of it.
    ///
    /// @return `loss` and `accuracy` on the examples that are held out
    /// @throws dev.adjoint.train.Diverged if the loss becomes NaN or infinite
    public Map<String, Double> outcome(Kernels kernels) {
        return figures(result(trainer(kernels).run(start(), epochs())), kernels);
    }

    /// Loss and accuracy of a network on the examples that are held out.
    Map<String, Double> figures(Layer network, Kernels kernels) {
        return evaluation(kernels).figures(network, task.test());
    }

    /// The rates of the optimiser.
    Schedule schedule() {
        return descent.schedule();
    }

    /// The steps of all epochs.
    long steps() {
        return epochs() * Math.ceilDiv(task.train().size(), batch());
    }

    /// The batches of every epoch.
    Batches<Batch> batches() {
        Loader loader = task.loader(batch());
        Key shuffle = key(2);
        return new Batches<>() {
            @Override
            public long count() {
                return loader.count();
            }

            @Override
            public Iterable<Batch> epoch(long epoch) {
                return loader.epoch(shuffle.fold(epoch));
            }
        };
    }

    private Tensor objective(Layer network, Batch batch, Pass pass) {
        boolean mixed = configuration.text(Setting.PRECISION).equals("bf16");
        return losses(mixed ? MixedPrecision.bf16(network) : network, batch, pass)
                .mean();
    }

    private static Evaluation<Layer, Batch> evaluation(Kernels kernels) {
        return new Evaluation<>(
                List.of(
                        Metric.mean("loss", (network, batch) -> losses(network, batch, Pass.evaluation())),
                        Metric.mean(
                                "accuracy",
                                (network, batch) ->
                                        Losses.correct(scores(network, batch, Pass.evaluation()), labels(batch)))),
                kernels);
    }

    private static Tensor losses(Layer network, Batch batch, Pass pass) {
        return Losses.softmaxCrossEntropy(scores(network, batch, pass), labels(batch));
    }

    /// The scores of every label, `[n,classes]`.
    static Tensor scores(Layer network, Batch batch, Pass pass) {
        Tensor scores = network.apply(batch.features(), pass);
        return scores.rank() == 2 ? scores : scores.reshape(batch.size(), scores.dim(scores.rank() - 1));
    }

    /// The labels, `[n]`.
    static Tensor labels(Batch batch) {
        return batch.labels().rank() == 1 ? batch.labels() : batch.labels().reshape(batch.size());
    }
}

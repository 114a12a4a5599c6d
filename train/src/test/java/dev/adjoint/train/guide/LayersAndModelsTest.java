package dev.adjoint.train.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.nn.Activation;
import dev.adjoint.nn.AdaptiveAveragePool;
import dev.adjoint.nn.BatchNorm;
import dev.adjoint.nn.Convolution;
import dev.adjoint.nn.CrossEntropyLoss;
import dev.adjoint.nn.Evaluated;
import dev.adjoint.nn.Flatten;
import dev.adjoint.nn.Init;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Linear;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Residual;
import dev.adjoint.nn.SeparableConvolution;
import dev.adjoint.nn.Sequential;
import dev.adjoint.nn.Summary;
import dev.adjoint.nn.recurrent.Bidirectional;
import dev.adjoint.nn.recurrent.Lstm;
import dev.adjoint.nn.recurrent.Masked;
import dev.adjoint.nn.recurrent.Stacked;
import dev.adjoint.nn.recurrent.Steps;
import dev.adjoint.nn.transformer.KeyValueCache;
import dev.adjoint.nn.transformer.MultiHeadAttention;
import dev.adjoint.nn.transformer.Rotary;
import dev.adjoint.nn.transformer.TransformerBlock;
import dev.adjoint.nn.zoo.Generator;
import dev.adjoint.nn.zoo.Gpt;
import dev.adjoint.nn.zoo.GptOptions;
import dev.adjoint.nn.zoo.ResNet;
import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.Cells.LstmState;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import dev.adjoint.tensor.spatial.Conv;
import dev.adjoint.train.TrainState;
import dev.adjoint.train.TrainStep;
import dev.adjoint.train.optimizer.Adam;
import dev.adjoint.train.optimizer.AdamW;
import dev.adjoint.train.optimizer.ByPath;
import dev.adjoint.train.optimizer.ClipByGlobalNorm;
import dev.adjoint.train.optimizer.Frozen;
import dev.adjoint.train.optimizer.Optimizer;
import dev.adjoint.train.optimizer.PathRule;
import dev.adjoint.train.optimizer.Schedule;
import dev.adjoint.train.optimizer.WeightAverage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What the guide shows in `docs/guide/layers-and-models.md`: every region is quoted there word for word.
final class LayersAndModelsTest {
    private static final Pass USE = Pass.evaluation();

    private static void close(Tensor actual, Tensor expected) {
        assertThat(Array.of(actual.sub(expected).abs().max()).item()).isCloseTo(0, within(1e-5));
    }

    @Test
    void aLayerIsARecord() {
        // @start region="layer"
        Linear layer = Linear.init(Key.of(1), 4, 3);
        Tensor x = Array.of(new float[][] {{5.1f, 3.5f, 1.4f, 0.2f}});
        Tensor y = layer.apply(x, Pass.evaluation());
        // @end region="layer"
        assertThat(y.shape()).isEqualTo(Shape.of(1, 3));
    }

    @Test
    void layersMakeANetwork() {
        // @start region="sequential"
        Sequential model = Sequential.empty()
                .then("conv", Convolution.init(Key.of(1), Convolution.Size.of(1, 8, 5, 5), Conv.same()))
                .then("norm", BatchNorm.init(8))
                .then("ramp", Activation.relu())
                .then(
                        "block",
                        Residual.of(SeparableConvolution.init(Key.of(2), Convolution.Size.of(8, 8, 3, 3), Conv.same())))
                .then("pool", new AdaptiveAveragePool(Shape.of(2, 2)))
                .then("flatten", new Flatten())
                .then("readout", Linear.readout(Key.of(3), 32, 10));
        Summary summary = Summary.of(model, TensorType.of(DType.F32, 1, 1, 28, 28));
        // @end region="sequential"
        assertThat(summary.rows().getLast().output()).isEqualTo(TensorType.of(DType.F32, 1, 10));
        assertThat(Tree.paths(model)).containsKeys("layers.conv.weight", "layers.block.body.pointwise.bias");
    }

    // @start region="own"
    /// y = x + g·f(x): a branch that begins quietly.
    record Quiet(Layer body, Tensor gain) implements Layer {
        static Quiet init(Layer body, long width) {
            return new Quiet(body, Init.constant(0.1, width));
        }

        @Override
        public Tensor apply(Tensor x, Pass pass) {
            return x.add(body.apply(x, pass).mul(gain));
        }
    }
    // @end region="own"

    @Test
    void ownLayersAreLayers() {
        Quiet layer = Quiet.init(Linear.init(Key.of(1), 3, 3), 3);
        assertThat(Tree.paths(layer)).containsOnlyKeys("body.weight", "body.bias", "gain");
        Tensor x = Array.of(new float[][] {{1, 2, 3}});
        close(layer.apply(x, USE), x.add(layer.body().apply(x, USE).mul(0.1)));
    }

    @Test
    void oneRecordIsOneSetOfWeights() {
        // @start region="shared"
        Linear hidden = Linear.init(Key.of(1), 8, 8);
        Sequential model = Sequential.empty()
                .then("first", hidden)
                .then("ramp", Activation.relu())
                .then("second", hidden);
        // @end region="shared"
        assertThat(Tree.leaves(model)).hasSize(2);
    }

    @Test
    void sequencesComeInPieces() {
        Tensor x = Init.normal(Key.of(7), 1, 2, 5, 8);
        // @start region="recurrent"
        Stacked<LstmState> network = Stacked.of(2, Lstm::init).init(Key.of(1), 8, 16);
        Tensor whole = network.apply(x, Pass.evaluation());

        Steps<List<LstmState>> first = network.run(network.start(x), x.slice(1, 0, 3));
        Steps<List<LstmState>> second = network.run(first.last(), x.slice(1, 3, 5));

        Tensor mask = Masked.mask(Array.of(3, 5), 5);
        Steps<List<LstmState>> packed = network.run(network.start(x), x, mask);

        var both = new Bidirectional<>(Lstm.init(Key.of(2), 8, 16), Lstm.init(Key.of(3), 8, 16));
        Tensor seen = both.apply(x, mask);
        // @end region="recurrent"
        close(Tensor.concat(1, List.of(first.results(), second.results())), whole);
        close(packed.results().take(0, 1), whole.take(0, 1));
        close(packed.last().getLast().hidden().take(0, 0), whole.take(0, 0).take(0, 2));
        assertThat(seen.shape()).isEqualTo(Shape.of(2, 5, 32));
    }

    @Test
    void attentionLooksBack() {
        Tensor x = Init.normal(Key.of(7), 1, 2, 5, 32);
        Tensor memory = Init.normal(Key.of(8), 1, 2, 4, 32);
        // @start region="attention"
        MultiHeadAttention attention =
                MultiHeadAttention.init(Key.of(1), 4, 32).causal().rotary(Rotary.usual());
        Tensor self = attention.apply(x, Pass.evaluation());

        Tensor there = Masked.mask(Array.of(2, 4), 4).expand(1).expand(1);
        Tensor cross = MultiHeadAttention.init(Key.of(2), 4, 32).attend(x, memory, there, Pass.evaluation());

        TransformerBlock block =
                TransformerBlock.init(Key.of(3), 4, 32).causal().dropout(0.1);
        Tensor y = block.apply(x, Pass.evaluation());
        // @end region="attention"
        assertThat(self.shape()).isEqualTo(x.shape()).isEqualTo(cross.shape()).isEqualTo(y.shape());
    }

    @Test
    void textIsWrittenFromACache() {
        Tensor prompt = Array.of(new int[] {1, 4, 2}).reshape(1, 3);
        // @start region="cache"
        Gpt model = Gpt.init(Key.of(1), new GptOptions(2, 2, 16, 32, 10, GptOptions.Head.TIED, 0));
        Steps<List<KeyValueCache>> read = model.run(model.start(prompt), prompt);
        Tensor scores = read.results(); // those of model.apply(prompt, Pass.evaluation())

        var generator = new Generator<>(model, Generator.Choice.sampled(0.8).amongHighest(5));
        Tensor written = generator.write(prompt, 20, Key.of(2));
        // @end region="cache"
        close(scores, model.apply(prompt, USE));
        assertThat(written.shape()).isEqualTo(Shape.of(1, 20));
    }

    record Batch(Tensor images, Tensor labels) {}

    @Test
    void aTrainedNetworkLearnsOtherClasses() {
        Sequential trained = new ResNet(ResNet.Block.BASIC, List.of(1, 1), 4, ResNet.Stem.SMALL)
                .init(Key.of(1), Shape.of(1, 8, 8), 4);
        Batch batch = new Batch(Init.normal(Key.of(5), 1, 6, 1, 8, 8), Array.of(0, 1, 0, 1, 1, 0));
        // @start region="transfer"
        Sequential model = trained.with("readout", Linear.readout(Key.of(2), 8, 2));
        Optimizer optimizer = ByPath.rest(AdamW.of(1e-4, 0.01))
                .rule("stem", PathRule.under("layers.stem"), new Frozen())
                .rule("head", PathRule.under("layers.readout"), AdamW.of(1e-2, 0.01));
        // @end region="transfer"
        // @start region="step"
        var loss = CrossEntropyLoss.plain().smoothedBy(0.1);
        var step = new TrainStep<Sequential, Batch>(
                (network, examples, pass) -> loss.ofClasses(network.apply(examples.images(), pass), examples.labels()),
                optimizer);
        var compiled = Compiled.of(step);
        TrainState<Sequential> state = TrainState.start(model, optimizer, Key.of(3));
        for (int i = 0; i < 10; i++) {
            state = compiled.apply(new TrainStep.Argument<>(state, batch)).state();
        }
        // @end region="step"
        Map<String, Tensor> before = Tree.learned(model);
        Tree.learned(state.model()).forEach((path, weight) -> {
            boolean stays = Array.of(weight).equals(Array.of(before.get(path)));
            assertThat(stays).as(path).isEqualTo(path.startsWith("layers.stem."));
        });
        // @start region="evaluated"
        Sequential still = Sequential.empty()
                .then("body", new Evaluated(trained.with("readout", Sequential.empty())))
                .then("head", Linear.readout(Key.of(2), 8, 2));
        // @end region="evaluated"
        assertThat(still.apply(batch.images(), USE).shape()).isEqualTo(Shape.of(6, 2));
    }

    @Test
    void optimisersAndSchedulesAreMadeOfEachOther() {
        // @start region="optimizer"
        Schedule rate = Schedule.cosine(1e-3, 900).warmUp(100);
        Optimizer optimizer = new ClipByGlobalNorm(1)
                .then(ByPath.rest(AdamW.of(rate, 0.01)).rule("plain", PathRule.vectors(), Adam.of(rate)))
                .then(new WeightAverage(0.999));
        // @end region="optimizer"
        Linear model = Linear.init(Key.of(1), 3, 2);
        Record state = optimizer.init(model);
        close(WeightAverage.in(state, model).weight(), model.weight());
        assertThat(optimizer.update(model, state, model).changes().weight().shape())
                .isEqualTo(Shape.of(3, 2));
        // @start region="schedule"
        Schedule pieces = Schedule.constant(0.1).then(500, Schedule.exponential(0.1, 0.99));
        double[] rates = pieces.values(1000);
        // @end region="schedule"
        assertThat(rates[499]).isEqualTo(0.1);
        assertThat(rates[501]).isCloseTo(0.099, within(1e-12));
    }
}

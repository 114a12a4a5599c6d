package dev.adjoint.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.ParallelBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Embedding;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.LayerNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import java.util.List;

/// The networks of the workloads, from DJL's own blocks.
final class Networks {
    private Networks() {}

    private static Linear linear(long units) {
        return Linear.builder().setUnits(units).build();
    }

    static Block perceptron(long width, long classes) {
        return new SequentialBlock().add(linear(width)).add(Activation.reluBlock()).add(linear(classes));
    }

    /// A square convolution: channels out, the extent of the kernel, the stride, the padding on each side.
    private record Filter(int out, int extent, int stride, int padding) {
        Conv2d layer(boolean biased) {
            return Conv2d.builder()
                    .setFilters(out)
                    .setKernelShape(new Shape(extent, extent))
                    .optStride(new Shape(stride, stride))
                    .optPadding(new Shape(padding, padding))
                    .optBias(biased)
                    .build();
        }

        SequentialBlock normalised() {
            return new SequentialBlock().add(layer(false)).add(BatchNorm.builder().build());
        }
    }

    static Block leNet(long classes) {
        Shape two = new Shape(2, 2);
        return new SequentialBlock()
                .add(new Filter(6, 5, 1, 2).layer(true))
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(two, two))
                .add(new Filter(16, 5, 1, 0).layer(true))
                .add(Activation.reluBlock())
                .add(Pool.maxPool2dBlock(two, two))
                .add(Blocks.batchFlattenBlock())
                .add(linear(120))
                .add(Activation.reluBlock())
                .add(linear(84))
                .add(Activation.reluBlock())
                .add(linear(classes));
    }

    /// ResNet-18 for 32×32 images: a 3×3 stem, no pool behind it.
    static Block resNet(long classes) {
        SequentialBlock network = new Filter(64, 3, 1, 1).normalised().add(Activation.reluBlock());
        for (int width : new int[] {64, 128, 256, 512}) {
            int stride = width == 64 ? 1 : 2;
            Block shortcut = stride == 1 ? Blocks.identityBlock() : new Filter(width, 1, stride, 0).normalised();
            network.add(residual(width, stride, shortcut)).add(Activation.reluBlock());
            network.add(residual(width, 1, Blocks.identityBlock())).add(Activation.reluBlock());
        }
        return network.add(Pool.globalAvgPool2dBlock()).add(linear(classes));
    }

    private static Block residual(int width, int stride, Block shortcut) {
        Block path = new Filter(width, 3, stride, 1)
                .normalised()
                .add(Activation.reluBlock())
                .add(new Filter(width, 3, 1, 1).normalised());
        return new ParallelBlock(
                both -> new NDList(both.get(0).head().add(both.get(1).head())), List.of(path, shortcut));
    }

    static Block characterLstm(long vocabulary, int width, int hidden) {
        return new SequentialBlock()
                .add(new Table(vocabulary, width, Table.Rows.GIVEN))
                .add(LSTM.builder()
                        .setNumLayers(1)
                        .setStateSize(hidden)
                        .optBatchFirst(true)
                        .optReturnState(false)
                        .build())
                .add(linear(vocabulary));
    }

    static Block transformer(long vocabulary, int width, int heads, int depth) {
        SequentialBlock network = new SequentialBlock().add(new Embedded(vocabulary, 128, width));
        for (int i = 0; i < depth; i++) {
            network.add(new Attentive(width, heads));
        }
        return network.add(LayerNorm.builder().axis(2).build()).add(linear(vocabulary));
    }

    /// A vector for every number, or for every position.
    private static final class Table extends AbstractBlock {
        private final Parameter weight;
        private final Rows rows;

        enum Rows {
            /// What comes in are the numbers.
            GIVEN,
            /// The rows in order.
            ALL
        }

        Table(long size, long width, Rows rows) {
            this.rows = rows;
            weight = addParameter(Parameter.builder()
                    .setName("weight")
                    .setType(Parameter.Type.WEIGHT)
                    .optShape(new Shape(size, width))
                    .build());
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList in, boolean training, PairList<String, Object> parameters) {
            NDArray table = store.getValue(weight, in.head().getDevice(), training);
            return rows == Rows.ALL
                    ? new NDList(table)
                    : Embedding.embedding(in.head(), table, SparseFormat.DENSE);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] in) {
            Shape shape = weight.getShape();
            return new Shape[] {rows == Rows.ALL ? shape : in[0].add(shape.get(1))};
        }
    }

    /// Tokens and their positions.
    private static final class Embedded extends AbstractBlock {
        private final Table tokens;
        private final Table positions;

        Embedded(long vocabulary, long steps, long width) {
            tokens = addChildBlock("tokens", new Table(vocabulary, width, Table.Rows.GIVEN));
            positions = addChildBlock("positions", new Table(steps, width, Table.Rows.ALL));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList in, boolean training, PairList<String, Object> parameters) {
            NDArray x = tokens.forward(store, in, training).head();
            return new NDList(x.add(positions.forward(store, in, training).head()));
        }

        @Override
        protected void initializeChildBlocks(NDManager numbers, DataType type, Shape... in) {
            tokens.initialize(numbers, DataType.FLOAT32, in);
            positions.initialize(numbers, DataType.FLOAT32, in);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] in) {
            return tokens.getOutputShapes(in);
        }
    }

    /// Causal attention and a layer of four times the width, each behind a normalisation and beside its input.
    private static final class Attentive extends AbstractBlock {
        private static final float NEVER = -1e9f;

        private final int width;
        private final int heads;
        private final Block before = addChildBlock("before", LayerNorm.builder().axis(2).build());
        private final Block between = addChildBlock("between", LayerNorm.builder().axis(2).build());
        private final Block triple;
        private final Block joined;
        private final Block up;
        private final Block down;

        Attentive(int width, int heads) {
            this.width = width;
            this.heads = heads;
            triple = addChildBlock("triple", linear(3L * width));
            joined = addChildBlock("joined", linear(width));
            up = addChildBlock("up", linear(4L * width));
            down = addChildBlock("down", linear(width));
        }

        @Override
        protected NDList forwardInternal(
                ParameterStore store, NDList in, boolean training, PairList<String, Object> parameters) {
            Layers layers = new Layers(store, training);
            NDArray x = in.head();
            NDArray seen = x.add(layers.apply(joined, attention(layers.apply(triple, layers.apply(before, x)))));
            NDArray wide = Activation.gelu(layers.apply(up, layers.apply(between, seen)));
            return new NDList(seen.add(layers.apply(down, wide)));
        }

        private record Layers(ParameterStore store, boolean training) {
            NDArray apply(Block layer, NDArray x) {
                return layer.forward(store, new NDList(x), training).head();
            }
        }

        private NDArray attention(NDArray qkv) {
            long batch = qkv.getShape().get(0);
            long steps = qkv.getShape().get(1);
            int depth = width / heads;
            NDArray parts = qkv.reshape(batch, steps, 3, heads, depth).transpose(2, 0, 3, 1, 4);
            NDArray row = qkv.getManager().arange(steps);
            NDArray hidden = row.reshape(1, steps)
                    .gt(row.reshape(steps, 1))
                    .toType(DataType.FLOAT32, false)
                    .mul(NEVER);
            NDArray scores = parts.get(0)
                    .matMul(parts.get(1).transpose(0, 1, 3, 2))
                    .mul(1 / Math.sqrt(depth))
                    .add(hidden);
            return scores.softmax(-1)
                    .matMul(parts.get(2))
                    .transpose(0, 2, 1, 3)
                    .reshape(batch, steps, width);
        }

        @Override
        protected void initializeChildBlocks(NDManager numbers, DataType type, Shape... in) {
            Shape narrow = new Shape(in[0].get(0), in[0].get(1), width);
            Shape wide = new Shape(in[0].get(0), in[0].get(1), 4L * width);
            for (Block layer : List.of(before, between, triple, joined, up)) {
                layer.initialize(numbers, DataType.FLOAT32, narrow);
            }
            down.initialize(numbers, DataType.FLOAT32, wide);
        }

        @Override
        public Shape[] getOutputShapes(Shape[] in) {
            return in;
        }
    }
}

package dev.adjoint.peers;

import static org.bytedeco.pytorch.global.torch.arange;
import static org.bytedeco.pytorch.global.torch.gelu;
import static org.bytedeco.pytorch.global.torch.max_pool2d;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.BatchNorm2dImpl;
import org.bytedeco.pytorch.BatchNormOptions;
import org.bytedeco.pytorch.Conv2dImpl;
import org.bytedeco.pytorch.Conv2dOptions;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LayerNormImpl;
import org.bytedeco.pytorch.LayerNormOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.LongVector;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/// The networks of the workloads, from libtorch's own layers.
final class Networks {
    private Networks() {}

    /// A square convolution: channels in and out, the extent of the kernel, the stride, the padding on each side.
    private record Filter(long in, long out, long extent, long stride, long padding) {
        Conv2dImpl layer(boolean biased) {
            Conv2dOptions options = new Conv2dOptions(in, out, square(extent));
            options.stride().put(square(stride));
            options.padding().put(square(padding));
            options.bias().put(biased);
            return new Conv2dImpl(options);
        }

        private static LongPointer square(long side) {
            return new LongPointer(side, side);
        }
    }

    /// Two linear layers with a ramp between them.
    static final class Perceptron extends Module {
        private final LinearImpl hidden;
        private final LinearImpl readout;

        Perceptron(long in, long width, long out) {
            hidden = register_module("hidden", new LinearImpl(in, width));
            readout = register_module("readout", new LinearImpl(width, out));
        }

        Tensor forward(Tensor x) {
            return readout.forward(relu(hidden.forward(x)));
        }
    }

    /// Two convolutions with ramps and pools, three linear layers.
    static final class LeNet extends Module {
        private final Conv2dImpl first = register_module("first", new Filter(1, 6, 5, 1, 2).layer(true));
        private final Conv2dImpl second = register_module("second", new Filter(6, 16, 5, 1, 0).layer(true));
        private final LinearImpl wide = register_module("wide", new LinearImpl(400, 120));
        private final LinearImpl narrow = register_module("narrow", new LinearImpl(120, 84));
        private final LinearImpl readout = register_module("readout", new LinearImpl(84, 10));

        Tensor forward(Tensor x) {
            Tensor seen = pooled(second.forward(pooled(first.forward(x))));
            return readout.forward(relu(narrow.forward(relu(wide.forward(seen.flatten(1, -1))))));
        }

        private static Tensor pooled(Tensor x) {
            return max_pool2d(relu(x), new long[] {2, 2});
        }
    }

    /// A convolution without bias, then batch normalisation.
    private static final class Normalised extends Module {
        private final Conv2dImpl convolution;
        private final BatchNorm2dImpl normalisation;

        Normalised(Filter filter) {
            convolution = register_module("convolution", filter.layer(false));
            normalisation = register_module("norm", new BatchNorm2dImpl(new BatchNormOptions(filter.out)));
        }

        Tensor forward(Tensor x) {
            return normalisation.forward(convolution.forward(x));
        }
    }

    /// Two 3×3 convolutions around which the input is led, through a 1×1 convolution where the shapes differ.
    private static final class Residual extends Module {
        private final Normalised first;
        private final Normalised second;
        private final List<Normalised> shortcut = new ArrayList<>();

        Residual(long in, long out, long stride) {
            first = register_module("first", new Normalised(new Filter(in, out, 3, stride, 1)));
            second = register_module("second", new Normalised(new Filter(out, out, 3, 1, 1)));
            if (stride != 1 || in != out) {
                shortcut.add(register_module("shortcut", new Normalised(new Filter(in, out, 1, stride, 0))));
            }
        }

        Tensor forward(Tensor x) {
            Tensor beside = shortcut.isEmpty() ? x : shortcut.getFirst().forward(x);
            return relu(second.forward(relu(first.forward(x))).add(beside));
        }
    }

    /// ResNet-18 for 32×32 images: a 3×3 stem, no pool behind it.
    static final class ResNet extends Module {
        private final Normalised stem = register_module("stem", new Normalised(new Filter(3, 64, 3, 1, 1)));
        private final List<Residual> blocks = new ArrayList<>();
        private final LinearImpl readout = register_module("readout", new LinearImpl(512, 10));

        ResNet() {
            long in = 64;
            for (long width : new long[] {64, 128, 256, 512}) {
                blocks.add(register_module("wide" + width, new Residual(in, width, width == 64 ? 1 : 2)));
                blocks.add(register_module("more" + width, new Residual(width, width, 1)));
                in = width;
            }
        }

        Tensor forward(Tensor x) {
            Tensor seen = relu(stem.forward(x));
            for (Residual block : blocks) {
                seen = block.forward(seen);
            }
            return readout.forward(seen.mean(new long[] {2, 3}));
        }
    }

    /// An embedding, an LSTM over time, scores for every character.
    static final class CharacterLstm extends Module {
        private final EmbeddingImpl embedding;
        private final LSTMImpl lstm;
        private final LinearImpl readout;

        CharacterLstm(long vocabulary, long width, long hidden) {
            LSTMOptions options = new LSTMOptions(width, hidden);
            options.batch_first().put(true);
            embedding = register_module("embedding", new EmbeddingImpl(vocabulary, width));
            lstm = register_module("lstm", new LSTMImpl(options));
            readout = register_module("readout", new LinearImpl(hidden, vocabulary));
        }

        Tensor forward(Tensor tokens) {
            return readout.forward(lstm.forward(embedding.forward(tokens)).get0());
        }
    }

    /// Attention and a layer of four times the width, each behind a normalisation and beside its input.
    private static final class Block extends Module {
        private final long width;
        private final long heads;
        private final LayerNormImpl before;
        private final LayerNormImpl between;
        private final LinearImpl triple;
        private final LinearImpl joined;
        private final LinearImpl up;
        private final LinearImpl down;

        Block(long width, long heads) {
            this.width = width;
            this.heads = heads;
            before = register_module("before", norm(width));
            between = register_module("between", norm(width));
            triple = register_module("triple", new LinearImpl(width, 3 * width));
            joined = register_module("joined", new LinearImpl(width, width));
            up = register_module("up", new LinearImpl(width, 4 * width));
            down = register_module("down", new LinearImpl(4 * width, width));
        }

        Tensor forward(Tensor x) {
            Tensor seen = x.add(joined.forward(attention(triple.forward(before.forward(x)))));
            return seen.add(down.forward(gelu(up.forward(between.forward(seen)), "tanh")));
        }

        private Tensor attention(Tensor qkv) {
            long batch = qkv.size(0);
            long steps = qkv.size(1);
            Tensor parts = qkv.view(batch, steps, 3, heads, width / heads).permute(2, 0, 3, 1, 4);
            Tensor mixed = scaled_dot_product_attention(
                    parts.select(0, 0),
                    parts.select(0, 1),
                    parts.select(0, 2),
                    new TensorOptional(),
                    0.0,
                    true,
                    new DoubleOptional(),
                    false);
            return mixed.transpose(1, 2).reshape(batch, steps, width);
        }
    }

    /// A decoder-only transformer with learnt positions.
    static final class Transformer extends Module {
        private final EmbeddingImpl embedding;
        private final EmbeddingImpl positions;
        private final List<Block> blocks = new ArrayList<>();
        private final LayerNormImpl last;
        private final LinearImpl readout;
        private final Tensor places;

        Transformer(long vocabulary, long steps, long width, long heads, int depth) {
            embedding = register_module("embedding", new EmbeddingImpl(vocabulary, width));
            positions = register_module("positions", new EmbeddingImpl(steps, width));
            for (int i = 0; i < depth; i++) {
                blocks.add(register_module("block" + i, new Block(width, heads)));
            }
            last = register_module("last", norm(width));
            readout = register_module("readout", new LinearImpl(width, vocabulary));
            places = arange(new Scalar(steps), new TensorOptions(ScalarType.Long));
        }

        Tensor forward(Tensor tokens) {
            Tensor x = embedding.forward(tokens).add(positions.forward(places));
            for (Block block : blocks) {
                x = block.forward(x);
            }
            return readout.forward(last.forward(x));
        }
    }

    private static LayerNormImpl norm(long width) {
        return new LayerNormImpl(new LayerNormOptions(new LongVector(new long[] {width})));
    }
}

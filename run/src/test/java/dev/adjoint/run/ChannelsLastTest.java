package dev.adjoint.run;

import static dev.adjoint.transform.Transformations.grad;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Elementwise;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.Tree;
import dev.adjoint.transform.ChannelsLast;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class ChannelsLastTest {
    private static final long SEED = 20261121;
    private static final Window PADDED = Window.dense(2).padding(1);
    private static final Permutation TO_FIRST = Permutation.of(0, 3, 1, 2);
    private static final Array IMAGES = random(1, 2, 3, 7, 6);

    private record Net(Tensor stem, Tensor scale, Tensor block) {}

    private static final Net NET = new Net(random(2, 8, 3, 3, 3), random(3, 8), random(4, 8, 8, 3, 3));

    private static Array random(long place, long... dims) {
        return Array.of(Array.key(Key.of(SEED).fold(place)).normal(TensorType.of(DType.F64, dims)));
    }

    /// What stands between the convolutions of a residual network: statistics, a scale, a ramp, a way around, a mean.
    private static Tensor loss(Net net) {
        Tensor x = IMAGES.conv2d(net.stem, PADDED);
        Tensor centred = x.sub(x.mean(0, 2, 3).reshape(1, 8, 1, 1));
        Tensor z = centred.mul(net.scale.reshape(8, 1, 1)).relu();
        Tensor y = z.conv2d(net.block, PADDED).add(z).relu();
        return y.conv2d(net.block, PADDED.stride(2)).mean(2, 3).square().sum();
    }

    private static Graph graph(Function<Net, ?> f) {
        return Trace.of(NET, f).graph();
    }

    private static Graph changed(Graph graph) {
        return new ChannelsLast(_ -> true).apply(graph);
    }

    private static void agree(Graph graph, Graph changed) {
        List<Tensor> arguments = Tree.leaves(NET);
        List<Tensor> expected = graph.apply(arguments);
        List<Tensor> found = changed.apply(arguments);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).type()).isEqualTo(expected.get(i).type());
            for (int at = 0; at < expected.get(i).shape().count(); at++) {
                double value = expected.get(i).elements().get(at);
                assertThat(found.get(i).elements().get(at))
                        .as("result %d, element %d, seed %d", i, at, SEED)
                        .isCloseTo(value, within(1e-11 * Math.max(1, Math.abs(value))));
            }
        }
    }

    private static boolean isMoved(Value value) {
        return value.op() instanceof Permute(var order) && order.equals(TO_FIRST);
    }

    @Test
    void aNetworkAndItsGradientAreTheSame() {
        Graph value = graph(ChannelsLastTest::loss);
        agree(value, changed(value));
        Graph gradient = graph(grad(ChannelsLastTest::loss));
        agree(gradient, changed(gradient));
    }

    /// A permuted operand with fewer axes is no image, and a repeated one has none of the axes in front.
    @Test
    void operandsWithFewerAxesKeepTheirPlaces() {
        Array image = random(5, 8, 6, 7);
        Array column = random(6, 7, 1);
        Function<Net, Tensor> f = net -> {
            Tensor x = IMAGES.conv2d(net.stem, PADDED);
            Tensor y = x.mul(net.scale.reshape(8, 1, 1).mul(image).permute(0, 2, 1))
                    .add(net.scale.reshape(8, 1, 1));
            Tensor repeated = net.scale.sum().mul(column).broadcastTo(Shape.of(7, 6));
            return y.mul(repeated).conv2d(net.block, PADDED).square().sum();
        };
        agree(graph(f), changed(graph(f)));
    }

    @Test
    void whatStandsBetweenIsComputedAsTheImagesLie() {
        Graph changed = changed(graph(grad(ChannelsLastTest::loss)));
        assertThat(changed.values()).anyMatch(ChannelsLastTest::isMoved);
        assertThat(changed.values())
                .filteredOn(value -> value.op() instanceof Elementwise)
                .noneMatch(value -> value.inputs().stream().anyMatch(ChannelsLastTest::isMoved));
    }

    @Test
    void whereNoKernelLikesItNothingChanges() {
        Graph graph = graph(ChannelsLastTest::loss);
        assertThat(new ChannelsLast(_ -> false).apply(graph)).isSameAs(graph);
    }

    @Test
    void imagesThatWouldHaveToBeMovedForLittleStay() {
        Graph graph = graph(
                net -> IMAGES.conv2d(net.stem, PADDED).maxPool(Window.dense(2).stride(2), Shape.of(2, 2)));
        assertThat(changed(graph)).isSameAs(graph);
    }
}

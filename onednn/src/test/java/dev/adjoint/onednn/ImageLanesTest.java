package dev.adjoint.onednn;

import static dev.adjoint.onednn.OnednnKernelsTest.agrees;
import static dev.adjoint.onednn.OnednnKernelsTest.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.adjoint.compile.Cluster;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Trace;
import dev.adjoint.onednn.OnednnKernelsTest.Geometry;
import dev.adjoint.op.Op;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.contraction.Window.Axis;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ImageLanesTest {
    private record Pair(Tensor x, Tensor y) {}

    static Stream<Geometry> geometries() {
        Window plain = Window.dense(2);
        return Stream.concat(
                taken(),
                Stream.of(
                        new Geometry(plain.padding(1), 1, Shape.of(17, 1, 8, 8), Shape.of(4, 1, 3, 3)),
                        new Geometry(plain.padding(1), 1, Shape.of(1, 4, 8, 8), Shape.of(4, 4, 3, 3)),
                        new Geometry(plain.stride(2), 1, Shape.of(16, 1, 8, 9), Shape.of(4, 1, 3, 3)),
                        new Geometry(plain.dilation(2), 1, Shape.of(16, 4, 8, 9), Shape.of(4, 4, 3, 3)),
                        new Geometry(plain.padding(1), 2, Shape.of(16, 2, 8, 9), Shape.of(4, 1, 3, 3))));
    }

    /// Whole blocks of images, windows without strides and dilations.
    static Stream<Geometry> taken() {
        Window plain = Window.dense(2);
        Window uneven = new Window(List.of(new Axis(1, 1, 2, 1), new Axis(1, 0, 1, 1)));
        return Stream.of(
                new Geometry(plain.padding(2), 1, Shape.of(64, 1, 28, 28), Shape.of(6, 1, 5, 5)),
                new Geometry(plain, 1, Shape.of(64, 6, 14, 14), Shape.of(16, 6, 5, 5)),
                new Geometry(plain, 1, Shape.of(16, 1, 9, 7), Shape.of(1, 1, 1, 1)),
                new Geometry(plain, 1, Shape.of(16, 1, 5, 4), Shape.of(8, 1, 5, 4)),
                new Geometry(uneven, 1, Shape.of(48, 1, 9, 7), Shape.of(3, 1, 4, 2)),
                new Geometry(uneven, 1, Shape.of(32, 5, 8, 11), Shape.of(7, 5, 3, 2)),
                new Geometry(plain.padding(2), 1, Shape.of(16, 4, 6, 7), Shape.of(3, 4, 5, 3)),
                new Geometry(plain.padding(3), 1, Shape.of(16, 1, 5, 6), Shape.of(2, 1, 2, 3)),
                new Geometry(plain.padding(3), 1, Shape.of(16, 3, 5, 6), Shape.of(2, 3, 2, 3)));
    }

    @ParameterizedTest
    @MethodSource("geometries")
    void agreeWithTheReference(Geometry at) {
        Shape y = at.output().shape();
        Array x = random(1, at.x().dims());
        Array w = random(2, at.w().dims());
        Array ct = random(3, y.dims());
        long fanIn = at.w().count() / at.w().dim(0);
        agrees((a, b) -> a.apply(forward(at), b), x, w, fanIn);
        long fanOut = at.w().count() / at.w().dim(1);
        agrees((a, b) -> a.apply(input(at), b), ct, w, fanOut);
        long summed = at.x().dim(0) * y.part(2, 4).count();
        agrees((a, b) -> a.apply(weights(at), b), x, ct, summed);
    }

    private static Convolution forward(Geometry at) {
        return new Convolution(at.window(), at.groups());
    }

    private static ConvolutionInput input(Geometry at) {
        return new ConvolutionInput(at.window(), at.groups(), at.x().part(2, 4));
    }

    private static ConvolutionKernel weights(Geometry at) {
        return new ConvolutionKernel(at.window(), at.groups(), at.w().part(2, 4));
    }

    /// The library has what they need on processors with vectors of sixteen floats.
    @Test
    void theLayersOfLeNetAreTaken() {
        Geometry first = taken().toList().get(0);
        Geometry second = taken().toList().get(1);
        Optional<Kernel> forward = kernel(
                forward(first), random(1, first.x().dims()), random(2, first.w().dims()));
        assumeThat(forward).containsInstanceOf(SingleChannelConvolution.class);
        Array ct = random(3, first.output().shape().dims());
        assertThat(kernel(weights(first), random(1, first.x().dims()), ct))
                .containsInstanceOf(SingleChannelGradient.class);
        Array other = random(3, second.output().shape().dims());
        assertThat(kernel(input(second), other, random(2, second.w().dims())))
                .containsInstanceOf(FewChannelsGradient.class);
    }

    private static Optional<Kernel> kernel(Op op, Array x, Array y) {
        return new OnednnKernels()
                .kernel(Cluster.of(op, List.of(x.type(), y.type())), Workers.of(1))
                .map(kernel -> switch (kernel) {
                    case Guarded(Kernel fast, Kernel _, int _, Workers _) -> fast;
                    case GuardedResult(Kernel fast, Kernel _, Workers _) -> fast;
                    default -> kernel;
                });
    }

    /// What is not finite is where the reference has it.
    @ParameterizedTest
    @MethodSource("taken")
    void numbersThatAreNotFinite(Geometry at) {
        Array x = random(1, at.x().dims());
        Array w = random(2, at.w().dims());
        Array ct = random(3, at.output().shape().dims());
        for (float number : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            sameKind(forward(at), with(x, number), w);
            sameKind(forward(at), x, with(w, number));
            sameKind(input(at), with(ct, number), w);
            sameKind(input(at), ct, with(w, number));
            sameKind(weights(at), with(x, number), ct);
            sameKind(weights(at), x, with(ct, number));
        }
    }

    private static Array with(Array array, float number) {
        float[] floats = array.elements().floats().clone();
        floats[floats.length / 2] = number;
        return Array.of(array.type(), Elements.wrap(floats));
    }

    private static void sameKind(Op op, Array x, Array y) {
        Graph graph = Trace.of(new Pair(x, y), pair -> pair.x.apply(op, pair.y)).graph();
        Elements found = run(graph, Kernels.installed(Workers.all()), x, y);
        Elements expected = run(graph, Kernels.reference(), x, y);
        for (int i = 0; i < expected.count(); i++) {
            double value = expected.get(i);
            if (!Double.isFinite(value)) {
                assertThat(found.get(i)).as("%s, element %d", graph, i).isEqualTo(Double.valueOf(value));
            } else {
                assertThat(found.get(i)).as("%s, element %d", graph, i).isFinite();
            }
        }
    }

    private static Elements run(Graph graph, Kernels kernels, Array x, Array y) {
        return Executable.compile(graph, kernels).run(List.of(x, y)).getFirst().elements();
    }
}

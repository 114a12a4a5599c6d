package dev.adjoint.testkit;

import static dev.adjoint.testkit.GradientAssertions.assertGradients;
import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vmap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.tensor.spatial.Conv;
import dev.adjoint.tensor.spatial.ConvTranspose;
import dev.adjoint.tensor.spatial.GridSampling;
import dev.adjoint.tensor.spatial.Interpolation;
import dev.adjoint.tensor.spatial.MaxPooled;
import dev.adjoint.tensor.spatial.PadMode;
import dev.adjoint.tensor.spatial.Pool;
import dev.adjoint.tensor.spatial.Sliding;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Derivatives and batches of the words for images, which follow from the operators they are made of.
class SpatialGradientsTest {
    /// A function of an image and another operand.
    record Case(String name, Shape image, Shape other, BinaryOperator<Tensor> function) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Case of(String name, Shape image, Shape other, BinaryOperator<Tensor> function) {
        return new Case(name, image, other, function);
    }

    private static final Shape IMAGE = Shape.of(2, 2, 5, 4);
    private static final Shape NONE = Shape.of(1);

    static Stream<Case> cases() {
        return Stream.of(
                of(
                        "conv1d",
                        Shape.of(1, 2, 6),
                        Shape.of(2, 1, 3),
                        (x, w) -> x.conv1d(w, Conv.same().withStride(2).withGroups(2))),
                of("conv3d", Shape.of(1, 1, 3, 3, 2), Shape.of(2, 1, 2, 2, 2), (x, w) -> x.conv3d(w, Conv.same())),
                of(
                        "convTranspose2d",
                        IMAGE,
                        Shape.of(2, 1, 2, 3),
                        (x, w) -> x.convTranspose2d(
                                w,
                                ConvTranspose.valid()
                                        .withStride(2)
                                        .withPadding(1)
                                        .withOutputPadding(1)
                                        .withGroups(2))),
                of(
                        "im2col",
                        IMAGE,
                        NONE,
                        (x, y) -> x.im2col(Shape.of(2, 3), Sliding.dense().withPadding(1))),
                of(
                        "pad",
                        IMAGE,
                        NONE,
                        (x, y) -> Stream.of(PadMode.values())
                                .map(mode -> x.pad(mode, 2, 2, 1))
                                .reduce(Tensor::add)
                                .orElseThrow()),
                of(
                        "averagePool",
                        IMAGE,
                        NONE,
                        (x, y) -> x.averagePool(
                                Pool.of(2, 3).withPadding(1).withRounding(Pool.Rounding.CEIL), Pool.Padded.IGNORED)),
                of("lpPool", IMAGE, NONE, (x, y) -> x.lpPool(3, Pool.of(2, 2))),
                of("maxPool", IMAGE, NONE, (x, y) -> x.maxPool(Pool.of(2, 2).withRounding(Pool.Rounding.CEIL))),
                of("maxPoolWithIndices and maxUnpool", IMAGE, NONE, (x, y) -> {
                    MaxPooled pooled = x.maxPoolWithIndices(Pool.of(3, 2).withPadding(1));
                    return pooled.values().square().maxUnpool(pooled.indices(), Shape.of(5, 4));
                }),
                of("adaptiveAveragePool", IMAGE, NONE, (x, y) -> x.adaptiveAveragePool(Shape.of(3, 3))),
                of("adaptiveMaxPool", IMAGE, NONE, (x, y) -> x.adaptiveMaxPool(Shape.of(3, 3))),
                of(
                        "resize",
                        IMAGE,
                        NONE,
                        (x, y) -> x.resize(Shape.of(7, 3), Interpolation.cubic())
                                .add(x.resize(Shape.of(7, 3), Interpolation.linear()))
                                .add(x.resize(Shape.of(7, 3), Interpolation.nearest()))),
                of(
                        "gridSample",
                        IMAGE,
                        Shape.of(2, 3, 2, 2),
                        (x, grid) -> x.gridSample(grid.mul(1.3), GridSampling.linear())),
                of(
                        "gridSample at the border",
                        IMAGE,
                        Shape.of(2, 3, 2, 2),
                        (x, grid) -> x.gridSample(
                                grid.mul(1.3), GridSampling.linear().withOutside(GridSampling.Outside.BORDER))));
    }

    private static Array random(long seed, Shape shape) {
        return new Draw(Key.of(seed)).uniform(new TensorType(DType.F64, shape), -1, 1);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradients(Case each) {
        assertGradients((List<Tensor> pair) -> each.function.apply(pair.get(0), pair.get(1)))
                .at(List.of(random(1, each.image), random(2, each.other)));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void batches(Case each) {
        Array images = random(3, each.image.prepend(2));
        Array others = random(4, each.other.prepend(2));
        Tensor batched = vmap((List<Tensor> pair) -> each.function.apply(pair.get(0), pair.get(1)))
                .apply(List.of(images, others));
        for (int i = 0; i < 2; i++) {
            Tensor single = each.function.apply(images.take(0, i), others.take(0, i));
            assertThat(Array.of(batched.take(0, i)).toDoubles())
                    .containsExactly(Array.of(single).toDoubles(), within(1e-12));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void compiledGradientsAreThoseOfRunningAtOnce(Case each) {
        Function<List<Tensor>, List<Tensor>> slopes = grad((List<Tensor> pair) ->
                each.function.apply(pair.get(0), pair.get(1)).square().sum());
        List<Tensor> at = List.of(random(5, each.image), random(6, each.other));
        List<Tensor> compiled = Compiled.of(slopes).apply(at);
        List<Tensor> direct = slopes.apply(at);
        for (int i = 0; i < 2; i++) {
            assertThat(Array.of(compiled.get(i)).toDoubles())
                    .containsExactly(Array.of(direct.get(i)).toDoubles(), within(1e-10));
        }
    }
}

package dev.adjoint.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Value;
import dev.adjoint.op.indexing.Scatter.Combine;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.tensor.spatial.Conv;
import dev.adjoint.tensor.spatial.ConvTranspose;
import dev.adjoint.tensor.spatial.GridSampling;
import dev.adjoint.tensor.spatial.Interpolation;
import dev.adjoint.tensor.spatial.PadMode;
import dev.adjoint.tensor.spatial.Padding;
import dev.adjoint.tensor.spatial.Pool;
import dev.adjoint.tensor.spatial.Sliding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What the words of the vocabulary refuse while a function is traced, and in which text.
class VocabularyErrorsTest {
    private static Tensor f32(long... dims) {
        return Value.input("x", TensorType.of(DType.F32, dims));
    }

    private static Tensor i64(long... dims) {
        return Value.input("i", TensorType.of(DType.I64, dims));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(AdjointException.class).hasMessage(message);
    }

    /// Every word that takes an axis, given one that does not exist.
    private static Map<String, Supplier<?>> wordsWithAnAxis() {
        Tensor x = f32(2, 3);
        Map<String, Supplier<?>> words = new LinkedHashMap<>();
        words.put("roll", () -> x.roll(2, 1));
        words.put("tile", () -> x.tile(2, 2));
        words.put("repeat", () -> x.repeat(2, 2));
        words.put("split", () -> x.split(2, 1, 1));
        words.put("unstack", () -> x.unstack(2));
        words.put("chunk", () -> x.chunk(2, 1));
        words.put("diagonal", () -> x.diagonal(0, 0, 2));
        words.put("permute", () -> x.permute(0, 2));
        words.put("swapAxes", () -> x.swapAxes(0, 2));
        words.put("moveAxis", () -> x.moveAxis(0, 2));
        words.put("slice", () -> x.slice(2, 0, 1));
        words.put("take", () -> x.take(2, 0));
        words.put("squeeze", () -> x.squeeze(2));
        words.put("pad", () -> x.pad(PadMode.REFLECT, 2, 1, 1));
        words.put("topK", () -> x.topK(2, 1));
        words.put("gather", () -> x.gather(2, i64(1)));
        words.put("scatter", () -> x.scatterAdd(2, i64(1), x));
        words.put("takeAlongAxis", () -> x.takeAlongAxis(2, i64(2, 3)));
        words.put("putAlongAxis", () -> x.putAlongAxis(Combine.ADD, 2, i64(2, 3), x));
        words.put("sort", () -> x.sort(2));
        words.put("argsort", () -> x.argsort(2));
        words.put("cumsum", () -> x.cumsum(2));
        words.put("cumprod", () -> x.cumprod(2));
        words.put("cummax", () -> x.cummax(2));
        words.put("logcumsumexp", () -> x.logCumSumExp(2));
        words.put("flip", () -> x.flip(2));
        words.put("softmax", () -> x.softmax(2));
        words.put("argmax", () -> x.argmax(2));
        words.put("median", () -> x.median(2));
        words.put("norm", () -> x.norm(2));
        return words;
    }

    @TestFactory
    List<DynamicTest> anAxisThatDoesNotExistIsNamedWithTheWord() {
        return wordsWithAnAxis().entrySet().stream()
                .map(word -> DynamicTest.dynamicTest(
                        word.getKey(),
                        () -> assertThatThrownBy(() -> word.getValue().get())
                                .isInstanceOf(InvalidArgument.class)
                                .hasMessageStartingWith(word.getKey() + ": f32[2,3]")
                                .hasMessageEndingWith("axis 2 does not exist in shape [2,3] of rank 2")))
                .toList();
    }

    @Test
    void axesGivenTwice() {
        refused(
                () -> f32(2, 3).permute(1, -1),
                "permute: f32[2,3]: the order [1, -1] must name each of the 2 axes once");
        refused(() -> f32(2, 3).permute(1), "permute: f32[2,3]: the order [1] must name each of the 2 axes once");
        refused(() -> f32(2, 3).flip(0, -2), "flip: f32[2,3]: axes [0, -2] name an axis of shape [2,3] twice");
        refused(() -> f32(2, 3).diagonal(0, 1, 1), "diagonal: axis 1 of f32[2,3] is given twice");
        refused(
                () -> f32(2, 3).gather(List.of(0, 0), List.of(i64(1), i64(1))),
                "gather takes the indexed axes in rising order from 0, each once and at least one, not [0, 0]");
    }

    @Test
    void ranks() {
        refused(
                () -> f32(3).mT(),
                "mT: f32[3] is no matrix: it needs at least two axes; x.expand(0) makes a row of a vector, x.expand(1) a"
                        + " column");
        refused(() -> f32().diagonalMatrix(), "diagonalMatrix: f32[] has no axis to put on a diagonal");
        refused(() -> f32(2).tril(0), "a triangle needs a matrix, not f32[2]");
        refused(() -> Tensor.meshgrid(f32(2, 2)), "meshgrid: f32[2,2]: needs vectors");
        refused(
                () -> f32(2, 4).cdist(f32(5, 3), 2),
                "cdist: f32[2,4] and f32[5,3]: the vectors (axis -1) must be of one length, not 4 and 3");
        refused(
                () -> f32(2, 3).takeAlongAxis(0, i64(2)),
                "takeAlongAxis: f32[2,3] and i64[2]: the indices need as many axes");
        refused(
                () -> f32(4, 3).searchSorted(f32(2)),
                "searchsorted: f32[4,3] and f32[2]: boundaries need one axis, or the leading axes of the values and one"
                        + " axis");
        refused(
                () -> f32(4, 3).segmentSum(i64(3), 2),
                "segments: f32[4,3] and i64[3]: needs one segment number for every slice along axis 0");
        refused(
                () -> f32(5, 2).globalMaxPool(),
                "globalMaxPool: f32[5,2]: needs spatial axes behind batch and channels");
        refused(
                () -> f32(2, 4, 4).im2col(Shape.of(2, 2), Sliding.dense()),
                "im2col: f32[2,4,4]: needs 4 axes: batch, channels and 2 spatial for a window [2,2]");
        refused(
                () -> f32(3, 8).conv1d(f32(4, 3, 3), Conv.same()),
                "conv1d: f32[3,8] and f32[4,3,3]: both operands need 3 axes: batch (or channels out), channels and 1"
                        + " spatial. A single example becomes a batch by x.expand(0)");
        refused(
                () -> f32(4).resize(Shape.of(8, 8), Interpolation.linear()),
                "resize: f32[4]: needs 2 axes with elements to resize to [8,8]");
        refused(
                () -> f32(1, 2, 4).gridSample(f32(1, 3, 3, 2), GridSampling.linear()),
                "gridSample: f32[1,2,4] and f32[1,3,3,2]: needs batch, channels and spatial axes with elements, and a"
                        + " grid of the same floating type and batch with a coordinate for every spatial axis along its"
                        + " last axis");
    }

    @Test
    void indicesThatAreWritten() {
        refused(() -> f32(2, 3).take(0, 2), "take: f32[2,3]: index 2 is outside axis 0 of extent 2");
        refused(() -> f32(2, 3).take(1, -4), "take: f32[2,3]: index -4 is outside axis 1 of extent 3");
        refused(() -> f32(2, 3).slice(0, -3, 1), "slice: f32[2,3]: the range starts at -3 along axis 0 of extent 2");
        refused(() -> f32(2, 3).slice(0, 0, 1, 0), "slice: the step is at least 1 in either direction, not 0");
        refused(() -> f32(2, 3).slice(1, 3, 0, -1), "slice: the range from 3 down to 0 leaves axis 1 of f32[2,3]");
        refused(
                () -> f32(2, 3).at(Index.of(0), Index.of(3)),
                "at: index 3 is outside axis 1 of f32[2,3], whose extent is 3");
        refused(() -> f32(2).at(Index.of(0), Index.of(0)), "at: 2 indices for the 1 axes of f32[2]");
        refused(
                () -> f32(2, 3).with(Index.of(0), f32(2)),
                "with: f32[2,3] and f32[2]: the value cannot be repeated to the shape [3] of what the index selects");
        refused(() -> f32(2, 3).topK(1, 5), "topK: axis 1 of f32[2,3] has 3 elements, of which 5 cannot be taken");
    }

    @Test
    void parts() {
        refused(() -> f32(2, 3).split(1, 1, 1), "split: the parts have 2 slices together, axis 1 of f32[2,3] has 3");
        refused(() -> f32(2, 3).split(1, -1, 4), "split: a part has at least 0 slices, not -1");
        refused(() -> f32(2).chunk(0, 0), "chunk: a tensor has at least one part, not 0");
        refused(() -> f32(2).tile(0, 0), "tile: a tensor is repeated at least once, not 0 times");
        refused(() -> f32(2).repeat(0, 0), "repeat: a slice is repeated at least once, not 0 times");
        refused(() -> f32(2).segmentSum(i64(2), -1), "segments: there are at least 0 segments, not -1");
    }

    @Test
    void shapesWhoseElementCountOverflows() {
        long large = 1L << 40;
        refused(
                () -> f32(large).outer(f32(large)),
                "mul: f32[1099511627776,1] and f32[1,1099511627776]: the shape [1099511627776, 1099511627776] has more"
                        + " than 2⁶³ elements");
        refused(
                () -> f32(1).broadcastTo(Shape.of(large, large)),
                "the shape [1099511627776, 1099511627776] has more than 2⁶³ elements");
        Tensor huge = f32(1L << 62);
        refused(
                () -> Tensor.concat(0, List.of(huge, huge)),
                "concat: f32[4611686018427387904] and f32[4611686018427387904]: the extents along axis 0 add up"
                        + " to more than 2⁶³");
        refused(
                () -> huge.pad(List.of(new Pad.Margin(0, 1, 1)), 0),
                "pad: f32[4611686018427387904]: an axis of extent 4611686018427387904 with padding of 0, 1, 1 is longer"
                        + " than 2⁶³");
    }

    @Test
    void reductionsWithoutIdentity() {
        refused(
                () -> f32(2, 0).median(1),
                "median: f32[2,0]: no elements along axes [1], and median of nothing has no value");
        refused(() -> f32(0).norm(Double.POSITIVE_INFINITY, Axes.all()), "norm: f32[0]: no elements along axes [0]");
        refused(() -> f32(2, 0).logSumExp(1), "logsumexp: f32[2,0]: no elements along axes [1]");
        refused(
                () -> f32(2, 0).cummax(1).max(1),
                "max: f32[2,0]: no elements along axes [1], and max of nothing has no value");
        assertThat(f32(2, 0).prod(1).type()).hasToString("f32[2]");
    }

    @Test
    void windows() {
        refused(
                () -> f32(1, 3, 8, 8).conv2d(f32(4, 3, 3, 3), Conv.same().withStride(1, 1, 1)),
                "conv2d: stride has 3 entries for 2 spatial axes; give one for all, or one for each");
        refused(
                () -> f32(1, 3, 4, 4)
                        .convTranspose2d(f32(3, 2, 3, 3), ConvTranspose.valid().withOutputPadding(1)),
                "convTranspose2d: output padding is from 0 to stride − 1, here 0, not 1");
        refused(() -> f32(4).maxPool(Pool.of(2, 2)), "maxPool: f32[4]: a window [2,2] needs 2 spatial axes");
        refused(
                () -> f32(1, 1, 4, 4).averagePool(Pool.of(5, 5)),
                "averagepool: f32[1,1,4,4]: the window [5,5] is larger than the padded input");
        refused(
                () -> f32(1, 1, 5, 5).maxPoolWithIndices(Pool.of(2, 2).withPadding(3)),
                "maxPoolWithIndices: position 0 along spatial axis 0 of f32[1,1,5,5] lies wholly in the padding; pad"
                        + " less, or dilate less");
        refused(
                () -> f32(1, 1, 7, 5).adaptiveMaxPool(Shape.of(0, 2)),
                "adaptiveMaxPool: f32[1,1,7,5]: needs 2 spatial axes with elements to pool into [0,2]");
        refused(
                () -> f32(2).pad(PadMode.REFLECT, List.of(new Padding.Margin(1, 1), new Padding.Margin(1, 1))),
                "pad: 2 margins for the 1 axes of f32[2]");
    }

    @Test
    void numbersThatTheTypeDoesNotHold() {
        refused(
                () -> Value.input("i", TensorType.of(DType.I32, 2)).add(0.5),
                "0.5 is no number of type i32, which holds integers from -2147483648 to 2147483647; convert the tensor"
                        + " first, for instance x.to(DType.F32)");
    }
}

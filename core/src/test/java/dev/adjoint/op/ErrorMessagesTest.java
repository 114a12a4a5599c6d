package dev.adjoint.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.adjoint.graph.Value;
import dev.adjoint.op.contraction.Convolution;
import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.ConvolutionKernel;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.movement.Slice;
import dev.adjoint.op.source.RandomBernoulli;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.DTypeMismatch;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.NotComputed;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/// Messages are output, and tested like any output.
class ErrorMessagesTest {
    private static Tensor f32(long... dims) {
        return Value.input("x", TensorType.of(DType.F32, dims));
    }

    private static Tensor i64(long... dims) {
        return Value.input("i", TensorType.of(DType.I64, dims));
    }

    private static void shape(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ShapeMismatch.class).hasMessage(message);
    }

    private static void dtype(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(DTypeMismatch.class).hasMessage(message);
    }

    private static void argument(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(InvalidArgument.class).hasMessage(message);
    }

    @Test
    void matmul() {
        shape(
                () -> f32(64, 784).matmul(f32(10, 784)),
                "matmul: f32[64,784] and f32[10,784]: columns of the left side (axis -1: 784) must equal rows of the right"
                        + " side (axis -2: 10). The transpose fits: x.matmul(y.mT())");
        shape(
                () -> f32(3, 2).matmul(f32(3, 4)),
                "matmul: f32[3,2] and f32[3,4]: columns of the left side (axis -1: 2) must equal rows of the right side"
                        + " (axis -2: 3). The transpose fits: x.mT().matmul(y)");
        shape(
                () -> f32(2, 3, 4).matmul(f32(5, 4, 3)),
                "matmul: f32[2] and f32[5]: extents along axis -1 must be equal or 1, not 2 and 5");
        shape(() -> f32().matmul(f32(2, 2)), "matmul: f32[] and f32[2,2]: both operands need at least two axes");
        dtype(() -> f32(2, 2).matmul(i64(2, 2)), "matmul: f32[2,2] and i64[2,2]: element types must be equal");
    }

    @Test
    void broadcasting() {
        shape(
                () -> f32(2, 3).add(f32(2)),
                "add: f32[2,3] and f32[2]: extents along axis -1 must be equal or 1, not 3 and 2. To go along the rows,"
                        + " write y.expand(1)");
        shape(
                () -> f32(2, 3).mul(f32(3, 2)),
                "mul: f32[2,3] and f32[3,2]: extents along axis -1 must be equal or 1, not 3 and 2. The transpose fits:"
                        + " y.mT()");
        shape(
                () -> f32(3).broadcastTo(Shape.of(3, 2)),
                "broadcast: f32[3]: cannot be repeated to [3,2]: axes align at the end, and each must be equal or 1");
    }

    @Test
    void elementTypes() {
        dtype(
                () -> f32(2).add(i64(2)),
                "add: f32[2] and i64[2]: element types must be equal; convert one side, for instance x.to(DType.F32)");
        dtype(() -> i64(2).exp(), "exp: i64[2]: defined for floating types only");
        dtype(() -> f32(2).not(), "not: f32[2]: defined for booleans only");
        dtype(
                () -> f32(2).where(f32(2), f32(2)),
                "where: f32[2] and f32[2] and f32[2]: the condition must be boolean; compare first, for instance x.gt(0)");
        dtype(() -> f32(2).gt(0).sum(), "sum: bool[2]: defined for numbers only; convert with x.to(DType.I32)");
        dtype(() -> i64(2).mean(), "mean: i64[2]: defined for floating types only; convert with x.to(DType.F32)");
        dtype(
                () -> f32(4, 2).gather(0, f32(3)),
                "gather: f32[4,2] and f32[3]: indices must be integers; convert with i.to(DType.I64)");
        dtype(
                () -> f32(2, 3).crossEntropy(f32(2)),
                "crossentropy: f32[2,3] and f32[2]: class indices must be integers; convert with c.to(DType.I64)");
        dtype(
                () -> f32(2).normal(TensorType.of(DType.F32, 2)),
                "randomnormal: f32[2]: the operand must be a key of type i64[]");
    }

    @Test
    void convolution() {
        Window plain = Window.dense(2);
        shape(
                () -> f32(3, 8, 8).conv2d(f32(4, 3, 3, 3), plain),
                "convolution: f32[3,8,8] and f32[4,3,3,3]: both operands need 4 axes: batch, channels and 2 spatial. A single"
                        + " example becomes a batch by x.expand(0)");
        shape(
                () -> f32(1, 2, 8, 8).conv2d(f32(4, 3, 3, 3), plain),
                "convolution: f32[1,2,8,8] and f32[4,3,3,3]: the input has 2 channels (axis 1), the kernel expects 3 (axis"
                        + " 1)");
        shape(
                () -> f32(1, 3, 8, 8).conv2d(f32(4, 1, 3, 3), plain, 3),
                "convolution: f32[1,3,8,8] and f32[4,1,3,3]: channels in (3) and out (4) must be multiples of 3 groups");
        shape(
                () -> f32(1, 3, 2, 2).conv2d(f32(4, 3, 3, 3), plain),
                "convolution: f32[1,3,2,2] and f32[4,3,3,3]: the window is larger than the padded input; add padding, for"
                        + " instance Window.padding(1)");
        shape(
                () -> f32(1, 4, 5, 5).conv2dInput(f32(4, 3, 3, 3), plain, Shape.of(9, 9)),
                "convolutioninput: f32[1,4,5,5] and f32[4,3,3,3]: spatial extents [9,9] have [7,7] window positions");
        argument(() -> new Convolution(plain, 0), "convolution needs at least 1 channel group, not 0");
        argument(
                () -> new ConvolutionInput(plain, 1, Shape.of(3)),
                "convolutioninput with a window over 2 axes needs as many spatial extents, not [3]");
        argument(
                () -> new ConvolutionKernel(plain, 1, Shape.of(3, 3, 3)),
                "convolutionkernel with a window over 2 axes needs as many taps, not [3,3,3]");
        argument(
                () -> plain.stride(0),
                "a window needs stride and dilation of at least 1 and padding of at least 0, not stride 0, dilation 1,"
                        + " padding 0 and 0");
        shape(
                () -> f32(1, 1, 0, 2).maxPool(plain.padding(1), Shape.of(3, 3)),
                "maxpool: f32[1,1,0,2]: the window [3,3] is larger than the padded input");
        shape(
                () -> f32(1, 1, 2, 2).maxPool(plain, Shape.of(3, 3)),
                "maxpool: f32[1,1,2,2]: the window [3,3] is larger than the padded input");
    }

    @Test
    void movements() {
        shape(() -> f32(2, 3).reshape(Shape.of(4)), "reshape: f32[2,3]: 6 elements do not fit [4] with 4");
        argument(
                () -> f32(2, 3).reshape(-1, 4),
                "reshape: 6 elements of [2,3] cannot be divided by the given extents, whose product is 4");
        argument(() -> f32(2, 3).reshape(-1, -1), "reshape: only one extent may be -1");
        argument(
                () -> f32(2, 3).reshape(-1, 1L << 62, 4),
                "the shape [1, 4611686018427387904, 4] has more than 2⁶³ elements");
        shape(
                () -> f32(2, 3).permute(Permutation.of(1, 0, 2)),
                "permute: f32[2,3]: the order [1, 0, 2] names 3 axes, the operand has 2");
        argument(() -> Permutation.of(0, 0), "a permutation of 2 axes names each of 0..1 once, not [0, 0]");
        shape(() -> f32(3).slice(0, 1, 5), "slice: f32[3]: the range stops at 5 along axis 0 of extent 3");
        argument(
                () -> new Slice.Range(0, 3, 0),
                "a range starts at 0 or later and steps forward by at least 1, not from 0 by 0");
        argument(() -> new Pad.Margin(-1, 0, 0), "padding needs margins of at least 0, not -1, 0, 0");
        shape(() -> f32(3).pad(List.of(), 0), "pad: f32[3]: 0 margins were given for 1 axes");
        argument(() -> f32(3).squeeze(0), "squeeze: axis 0 of f32[3] has extent 3, not 1");
        argument(() -> f32(3).expand(3), "expand: f32[3] has no place 3 for a new axis");
        argument(
                () -> new Fold(Window.dense(1).padding(1), Shape.of(3)),
                "fold takes a window without padding; slice the result instead");
    }

    @Test
    void concatenation() {
        shape(
                () -> Tensor.concat(0, List.of(f32(2, 3), f32(2, 4))),
                "concat: f32[2,3] and f32[2,4]: all axes but axis 0 must be equal");
        dtype(
                () -> Tensor.concat(0, List.of(f32(2), i64(2))),
                "concat: f32[2] and i64[2]: element types must be equal");
        argument(() -> Tensor.concat(0, List.of()), "concat needs at least one operand");
        argument(
                () -> Tensor.concat(2, List.of(f32(2, 3))),
                "concat: f32[2,3]: axis 2 does not exist in shape [2,3] of rank 2");
    }

    @Test
    void axes() {
        argument(() -> f32(2, 3).sum(2), "sum: f32[2,3]: axis 2 does not exist in shape [2,3] of rank 2");
        argument(() -> f32(2, 3).sum(-3), "sum: f32[2,3]: axis -3 does not exist in shape [2,3] of rank 2");
        argument(() -> f32(2, 3).sum(1, -1), "sum: f32[2,3]: axes [1, -1] name an axis of shape [2,3] twice");
        argument(() -> f32().softmax(-1), "softmax: f32[]: axis -1 does not exist in shape [] of rank 0");
        shape(() -> f32(2, 3).argmax(Axes.all()), "argmax: f32[2,3]: needs exactly one axis, not [0, 1]");
        argument(
                () -> f32(2).iota(TensorType.of(DType.F32, 2), 1),
                "iota: axis 1 does not exist in shape [2] of rank 1");
    }

    @Test
    void reductionsOfNothing() {
        shape(() -> f32(2, 0).max(1), "max: f32[2,0]: no elements along axes [1], and max of nothing has no value");
        shape(() -> f32(0).min(), "min: f32[0]: no elements along axes [0], and min of nothing has no value");
        shape(() -> f32(2, 0).argmin(1), "argmin: f32[2,0]: no elements along axis 1");
        shape(() -> f32(2, 0).softmax(1), "softmax: f32[2,0]: no elements along axes [1]");
    }

    @Test
    void indices() {
        shape(() -> f32(2).apply(new Gather(1), i64(1)), "gather: f32[2] and i64[1]: there is no axis 1 to index");
        shape(
                () -> f32(4, 2).scatterAdd(0, i64(3), f32(2, 2)),
                "scatter: f32[4,2] and i64[3] and f32[2,2]: updates must have the shape [3,2]");
        Gather gather = new Gather(0);
        List<TensorType> types = List.of(TensorType.of(DType.F32, 3), TensorType.of(DType.I64, 1));
        List<Elements> operands = List.of(Elements.allocate(DType.F32, 3), Elements.wrap(new long[] {3}));
        argument(
                () -> gather.evaluate(types, operands, Elements.allocate(DType.F32, 1)),
                "gather: index 3 is outside axis 0 of extent 3");
    }

    @Test
    void sizes() {
        argument(() -> Shape.of(1L << 32, 1L << 32), "the shape [4294967296, 4294967296] has more than 2⁶³ elements");
        argument(() -> Shape.of(2, -1), "a shape needs extents of at least 0, but [2, -1] has -1");
        argument(
                () -> Elements.allocate(DType.F32, 1L << 31),
                "2147483648 elements of f32 do not fit a Java array (at most 2³¹−9)");
        assertThat(Shape.of(0, 1L << 62, 1L << 62).count()).isZero();
        argument(() -> new RandomBernoulli(Shape.of(2), Double.NaN), "a probability lies between 0 and 1, not at NaN");
    }

    @Test
    void valuesHaveNoNumbersYet() {
        assertThatThrownBy(() -> f32(2).exp().elements())
                .isInstanceOf(NotComputed.class)
                .hasMessage(
                        "the numbers of exp: f32[2] are not known while a function is traced; return the tensor and read"
                                + " it from the result");
    }

    @Test
    void mismatchesCarryTheirParts() {
        ShapeMismatch mismatch = catchThrowableOfType(ShapeMismatch.class, () -> f32(2).add(f32(3)));
        assertThat(mismatch.operator()).isEqualTo("add");
        assertThat(mismatch.operands()).hasToString("[f32[2], f32[3]]");
    }
}

package dev.adjoint.tensor.spatial;

import dev.adjoint.op.contraction.ConvolutionInput;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The options of a transposed convolution, which are those of the convolution it transposes. Numbers given once hold for
/// all axes.
///
/// From p positions it makes (p − 1)·stride + dilation·(taps − 1) + 1 − padding + output padding elements, with
/// [Padding.Same] p·stride.
///
/// @param sliding stride, padding and dilation of the convolution
/// @param outputPadding so many elements more at the end, less than the stride: strides above 1 map several extents to one
///     number of positions, and this says which of them is meant
/// @param groups the number of channel groups
public record ConvTranspose(Sliding sliding, List<Long> outputPadding, long groups) {
    public ConvTranspose {
        outputPadding = List.copyOf(outputPadding);
    }

    /// Stride 1, no padding, no dilation, one group.
    public static ConvTranspose valid() {
        return new ConvTranspose(Sliding.dense(), List.of(0L), 1);
    }

    /// The transpose of a convolution with [Padding.Same]: stride times the extents.
    public static ConvTranspose same() {
        return valid().withPadding(new Padding.Same());
    }

    public ConvTranspose withStride(long... stride) {
        return new ConvTranspose(sliding.withStride(stride), outputPadding, groups);
    }

    public ConvTranspose withPadding(Padding padding) {
        return new ConvTranspose(sliding.withPadding(padding), outputPadding, groups);
    }

    /// The zero padding of the convolution: one number for all axes, or one each.
    public ConvTranspose withPadding(long... both) {
        return new ConvTranspose(sliding.withPadding(both), outputPadding, groups);
    }

    public ConvTranspose withOutputPadding(long... more) {
        return new ConvTranspose(sliding, LongStream.of(more).boxed().toList(), groups);
    }

    public ConvTranspose withDilation(long... dilation) {
        return new ConvTranspose(sliding.withDilation(dilation), outputPadding, groups);
    }

    public ConvTranspose withGroups(long groups) {
        return new ConvTranspose(sliding, outputPadding, groups);
    }

    Tensor convolve(int rank, Tensor y, Tensor kernel) {
        String operator = "convTranspose" + rank + "d";
        Conv.checkRanks(operator, rank, y, kernel);
        Shape positions = y.shape().trailing(rank);
        Shape taps = kernel.shape().trailing(rank);
        List<Long> extents = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            extents.add(extent(new PerAxis(operator, positions, taps, axis)));
        }
        Shape spatial = Shape.of(extents);
        Window window = sliding.window(operator, spatial, taps);
        return y.apply(new ConvolutionInput(window, groups, spatial), kernel);
    }

    /// The extent of the result from the number of positions.
    private long extent(PerAxis of) {
        Window.Axis plain = sliding.plain(of);
        long more = of.entry("output padding", outputPadding);
        boolean same = sliding.padding() instanceof Padding.Same;
        long limit = same ? 1 : plain.stride();
        if (more < 0 || more >= limit) {
            throw new InvalidArgument(of.operator() + ": output padding is from 0 to "
                    + (same ? "0 with padding that keeps the extents" : "stride − 1, here " + (limit - 1)) + ", not "
                    + more);
        }
        if (same) {
            return of.size() * plain.stride();
        }
        Window.Axis padded = of.padded(plain, sliding.padding());
        long extent = (of.size() - 1) * plain.stride() + of.reach(plain) - padded.low() - padded.high() + more;
        if (extent < 0) {
            throw new InvalidArgument(
                    of.operator() + ": the result would have " + extent + " elements along spatial axis " + of.axis()
                            + "; the padding takes away more than " + of.size() + " positions make");
        }
        return extent;
    }
}

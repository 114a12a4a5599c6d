package dev.adjoint.onednn;

import dev.adjoint.op.contraction.Window;
import dev.adjoint.tensor.Shape;

/// The extents of a convolution and of its two transposes.
///
/// @param window how the taps fall
/// @param groups the number of channel groups
/// @param x the shape of the input, `[images,channels,spatial…]`
/// @param w the shape of the kernel, `[out,in,taps…]`
record Images(Window window, long groups, Shape x, Shape w) {
    int count() {
        return (int) x.dim(0);
    }

    /// Input channels of a group.
    int in() {
        return (int) w.dim(1);
    }

    /// Output channels of a group.
    int out() {
        return (int) (w.dim(0) / groups);
    }

    Shape spatial() {
        return x.part(2, x.rank());
    }

    Shape taps() {
        return w.part(2, w.rank());
    }

    /// Elements of an input plane.
    int plane() {
        return (int) spatial().count();
    }

    /// Elements of an output plane.
    int positions() {
        return (int) window.positions(spatial(), taps()).count();
    }

    /// Products that make up one output element.
    int depth() {
        return in() * (int) taps().count();
    }

    /// Where a group of an image starts in the input.
    int input(int image, int group) {
        return (image * (int) groups + group) * in() * plane();
    }

    /// Where a group of an image starts in the output.
    int output(int image, int group) {
        return (image * (int) groups + group) * out() * positions();
    }

    /// Where a group starts in the kernel.
    int kernel(int group) {
        return group * out() * depth();
    }
}

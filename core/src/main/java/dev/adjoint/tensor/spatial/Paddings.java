package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.Algebra;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Padding with elements of the tensor; for a given number see `pad(margins, value)`.
public interface Paddings extends Algebra {
    /// So many elements more before and behind an axis, as the mode says.
    ///
    /// @throws InvalidArgument if a margin is negative, or the axis has no element to pad with
    default Tensor pad(PadMode mode, int axis, long low, long high) {
        return mode.pad((Tensor) this, type().axis("pad", axis), new Padding.Margin(low, high));
    }

    /// So many elements more before and behind each of the last axes, outermost first: the last two of an image take two
    /// margins.
    ///
    /// @throws InvalidArgument if a margin is negative, there are more than axes, or an axis has no element to pad with
    default Tensor pad(PadMode mode, List<Padding.Margin> margins) {
        if (margins.size() > rank()) {
            throw new InvalidArgument("pad: " + margins.size() + " margins for the " + rank() + " axes of " + type());
        }
        Tensor padded = (Tensor) this;
        for (int i = 0; i < margins.size(); i++) {
            padded = mode.pad(padded, rank() - margins.size() + i, margins.get(i));
        }
        return padded;
    }
}

package dev.adjoint.tensor.spatial;

import dev.adjoint.tensor.InvalidArgument;

/// How a tensor is read at computed coordinates from −1 to 1.
///
/// @param method [Interpolation.Method#NEAREST] (half to even) or [Interpolation.Method#LINEAR]
/// @param coordinates what −1 and 1 are: with [Interpolation.Coordinates#HALF_PIXEL] the outer edges of the first and last
///     cell (`align_corners=False` in PyTorch), with [Interpolation.Coordinates#ALIGN_CORNERS] their centres
/// @param outside what is read outside
public record GridSampling(Interpolation.Method method, Interpolation.Coordinates coordinates, Outside outside) {
    /// What is read outside.
    public enum Outside {
        /// 0.
        ZEROS,
        /// The nearest element inside.
        BORDER
    }

    public GridSampling {
        if (method != Interpolation.Method.NEAREST && method != Interpolation.Method.LINEAR) {
            throw new InvalidArgument("gridSample reads NEAREST or LINEAR, not " + method);
        }
        if (coordinates == Interpolation.Coordinates.ASYMMETRIC) {
            throw new InvalidArgument("gridSample has the coordinates HALF_PIXEL or ALIGN_CORNERS, not " + coordinates);
        }
    }

    /// Bilinear between the centres of cells (trilinear in volumes), zeros outside.
    public static GridSampling linear() {
        return new GridSampling(Interpolation.Method.LINEAR, Interpolation.Coordinates.HALF_PIXEL, Outside.ZEROS);
    }

    /// The nearest cell, zeros outside.
    public static GridSampling nearest() {
        return linear().withMethod(Interpolation.Method.NEAREST);
    }

    public GridSampling withMethod(Interpolation.Method method) {
        return new GridSampling(method, coordinates, outside);
    }

    public GridSampling withCoordinates(Interpolation.Coordinates coordinates) {
        return new GridSampling(method, coordinates, outside);
    }

    public GridSampling withOutside(Outside outside) {
        return new GridSampling(method, coordinates, outside);
    }
}

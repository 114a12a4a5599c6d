package dev.adjoint.testkit;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/// The floating numbers of several tensors as one vector.
final class Coordinates {
    private Coordinates() {}

    /// The numbers of the floating tensors, one tensor after the other.
    static double[] of(List<? extends Tensor> tensors) {
        return tensors.stream()
                .filter(t -> t.dtype().isFloating())
                .flatMapToDouble(t -> DoubleStream.of(Array.of(t).toDoubles()))
                .toArray();
    }

    /// The point moved by h along a direction of the same types; what is not floating stays.
    static List<Array> moved(List<Array> point, List<Array> direction, double h) {
        List<Array> moved = new ArrayList<>();
        for (int i = 0; i < point.size(); i++) {
            moved.add(moved(point.get(i), direction.get(i), h));
        }
        return moved;
    }

    private static Array moved(Array x, Array t, double h) {
        if (!x.dtype().isFloating()) {
            return x;
        }
        Elements moved = Elements.allocate(x.dtype(), x.elements().count());
        for (int i = 0; i < moved.count(); i++) {
            moved.set(i, x.elements().get(i) + h * t.elements().get(i));
        }
        return Array.of(x.type(), moved);
    }

    static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /// The distance of two numbers relative to the larger, or to 1 if both are smaller; infinite if either is not finite.
    static double relativeError(double analytic, double numeric) {
        double error = Math.abs(analytic - numeric) / Math.max(1, Math.max(Math.abs(analytic), Math.abs(numeric)));
        return Double.isFinite(error) ? error : Double.POSITIVE_INFINITY;
    }

    /// The largest relative error of any coordinate.
    static double relativeError(double[] analytic, double[] numeric) {
        double worst = 0;
        for (int i = 0; i < analytic.length; i++) {
            worst = Math.max(worst, relativeError(analytic[i], numeric[i]));
        }
        return worst;
    }

    /// The unit of rounding of a type.
    static double epsilon(DType dtype) {
        return dtype.isFloating() ? Math.scalb(1.0, -dtype.precision()) : 0;
    }
}

package dev.adjoint.data.generated;

import dev.adjoint.data.Dataset;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Labelled points in the plane, features `[2]` named x and y: example i is of class i mod c, and normal noise is added to
/// both coordinates.
///
/// {@snippet :
/// Dataset moons = Points.moons(200, 0.1, key);
/// }
///
/// The sets are those of scikit-learn's `make_moons`, `make_circles` and `make_blobs`, and the spirals of K. Lang,
/// M. Witbrock, "Learning to tell two spirals apart", 1988.
public final class Points {
    private static final double INNER_CIRCLE = 0.5;
    private static final double BLOB_RING = 4;

    private Points() {}

    /// A point of a class without noise; t is uniform in [0, 1) and u another such number.
    private interface Curve {
        double[] at(int label, double t, double u);
    }

    /// Arms that turn once around the origin: radius t, angle 2π·t + 2π·class/classes, for t from 0.05 to 1.
    ///
    /// @param noise standard deviation of the noise, at least 0
    /// @throws dev.adjoint.tensor.InvalidArgument if there are fewer than two classes or fewer examples than classes, or the noise is negative
    public static Dataset spirals(int classes, int size, double noise, Key key) {
        return points(new Request("spirals", classes, size, noise), key, (label, t, _) -> {
            double radius = 0.05 + 0.95 * t;
            double angle = 2 * Math.PI * (radius + (double) label / classes);
            return new double[] {radius * Math.cos(angle), radius * Math.sin(angle)};
        });
    }

    /// Two half circles that reach into each other: (cos πt, sin πt) and (1 − cos πt, ½ − sin πt).
    ///
    /// @param noise standard deviation of the noise, at least 0
    /// @throws dev.adjoint.tensor.InvalidArgument if there are fewer than two examples or the noise is negative
    public static Dataset moons(int size, double noise, Key key) {
        return points(new Request("moons", 2, size, noise), key, (label, t, _) -> {
            double x = Math.cos(Math.PI * t);
            double y = Math.sin(Math.PI * t);
            return label == 0 ? new double[] {x, y} : new double[] {1 - x, 0.5 - y};
        });
    }

    /// A circle of radius 1 (class 0) around one of radius ½ (class 1).
    ///
    /// @param noise standard deviation of the noise, at least 0
    /// @throws dev.adjoint.tensor.InvalidArgument if there are fewer than two examples or the noise is negative
    public static Dataset circles(int size, double noise, Key key) {
        return points(new Request("circles", 2, size, noise), key, (label, t, _) -> {
            double radius = label == 0 ? 1 : INNER_CIRCLE;
            return new double[] {radius * Math.cos(2 * Math.PI * t), radius * Math.sin(2 * Math.PI * t)};
        });
    }

    /// Points of the square [−1, 1]²: class 1 where the signs of x and y differ, class 0 where they are the same.
    ///
    /// @param noise standard deviation of the noise, at least 0
    /// @throws dev.adjoint.tensor.InvalidArgument if there are fewer than two examples or the noise is negative
    public static Dataset xor(int size, double noise, Key key) {
        return points(new Request("xor", 2, size, noise), key, (label, t, u) -> {
            double x = 2 * t - 1;
            double sameSide = x < 0 ? -u : u;
            return new double[] {x, label == 0 ? sameSide : -sameSide};
        });
    }

    /// Gaussian clouds around centres at equal distances on a circle of radius 4: class k at the angle 2πk/classes.
    ///
    /// @param deviation standard deviation of a cloud, at least 0
    /// @throws dev.adjoint.tensor.InvalidArgument if there are fewer than two classes or fewer examples than classes, or the deviation is
    ///     negative
    public static Dataset blobs(int classes, int size, double deviation, Key key) {
        return points(new Request("blobs", classes, size, deviation), key, (label, _, _) -> {
            double angle = 2 * Math.PI * label / classes;
            return new double[] {BLOB_RING * Math.cos(angle), BLOB_RING * Math.sin(angle)};
        });
    }

    private static Dataset points(Request request, Key key, Curve curve) {
        List<Key> keys = key.split(2);
        float[] features = new float[2 * request.size()];
        long[] labels = new long[request.size()];
        for (int i = 0; i < request.size(); i++) {
            int label = i % request.classes();
            double[] point =
                    curve.at(label, keys.get(0).uniform(2L * i), keys.get(0).uniform(2L * i + 1));
            labels[i] = label;
            for (int axis = 0; axis < 2; axis++) {
                double noise = request.noise() * keys.get(1).normal(2L * i + axis);
                features[2 * i + axis] = (float) (point[axis] + noise);
            }
        }
        Array table = Array.of(TensorType.of(DType.F32, request.size(), 2), Elements.wrap(features));
        return Dataset.of(request.name(), table, Array.of(labels), request.classNames())
                .withFeatureNames(List.of("x", "y"));
    }
}

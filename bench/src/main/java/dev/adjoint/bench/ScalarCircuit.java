package dev.adjoint.bench;

import static dev.adjoint.transform.Transformations.grad;
import static dev.adjoint.transform.Transformations.vmap;

import dev.adjoint.run.Array;
import dev.adjoint.run.Compiled;
import dev.adjoint.run.Executable;
import dev.adjoint.run.Kernels;
import dev.adjoint.run.NumericFunction;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/// The gradient of f(x,y) = (x+σ(y)) / (σ(x)+(x+y)²) in double precision, compiled and as a programmer stages it by hand,
/// on one thread.
///
/// One call for one point is what the machinery around a kernel takes; one call for many points is what the code takes that
/// the compiler makes. `run` is the executable alone, `call` the compiled function, which finds its executable first,
/// `numeric` the compiled function of numbers, called for each point.
record ScalarCircuit(List<Integer> points) {
    /// The arguments, or the gradient by each.
    ///
    /// @param x the first
    /// @param y the second
    public record Point(Tensor x, Tensor y) {}

    static ScalarCircuit usual() {
        return new ScalarCircuit(List.of(1, 1000, 100_000));
    }

    /// The function.
    static Tensor f(Point p) {
        Tensor sum = p.x.add(p.y);
        return p.x.add(p.y.sigmoid()).div(p.x.sigmoid().add(sum.mul(sum)));
    }

    Figures measure(Kernels kernels, Stopwatch watch) {
        Kernels alone = new Kernels(kernels.providers(), Workers.of(1));
        List<List<Figure>> lines = new ArrayList<>();
        for (int count : points) {
            double[] x = numbers(count, 0.7);
            double[] y = numbers(count, -0.4);
            Staged staged = new Staged(x, y);
            double byHand = watch.nanoseconds(staged::run) / count;
            Called called = Called.of(x, y, alone);
            double run = watch.nanoseconds(called::run) / count;
            double apply = watch.nanoseconds(called::apply) / count;
            Numeric numeric = Numeric.of(x, y, alone);
            double plain = watch.nanoseconds(numeric::run) / count;
            lines.add(List.of(
                    new Figure.Count(count),
                    new Figure.Real(byHand),
                    new Figure.Real(run),
                    new Figure.Real(run / byHand),
                    new Figure.Real(apply),
                    new Figure.Real(apply / byHand),
                    new Figure.Real(plain),
                    new Figure.Real(plain / byHand)));
        }
        return new Figures(
                "circuit",
                List.of(
                        "points a call",
                        "staged ns",
                        "run ns",
                        "run ratio",
                        "call ns",
                        "call ratio",
                        "numeric ns",
                        "numeric ratio"),
                lines);
    }

    private static double[] numbers(int count, double first) {
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = first + i / (double) count;
        }
        return numbers;
    }

    /// The compiled gradient with its arguments.
    private record Called(Compiled<Point, Point> gradient, Executable executable, Point point) {
        static Called of(double[] x, double[] y, Kernels kernels) {
            UnaryOperator<Point> one = p -> grad(ScalarCircuit::f).apply(p);
            TensorType type = x.length == 1 ? TensorType.of(DType.F64) : TensorType.of(DType.F64, x.length);
            Compiled<Point, Point> gradient = Compiled.of(x.length == 1 ? one : vmap(one), kernels);
            Point point = new Point(Array.of(type, Elements.wrap(x)), Array.of(type, Elements.wrap(y)));
            return new Called(gradient, gradient.executable(point), point);
        }

        /// The executable alone.
        void run() {
            executable.run(List.of(point.x, point.y));
        }

        /// The function, which finds its executable by the types of the argument.
        void apply() {
            gradient.apply(point);
        }
    }

    /// The compiled gradient of one point as a function of numbers.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numeric(NumericFunction gradient, Staged points, double[] point) {
        static Numeric of(double[] x, double[] y, Kernels kernels) {
            Compiled<Point, Point> gradient =
                    Compiled.of(p -> grad(ScalarCircuit::f).apply(p), kernels);
            Point point = new Point(Array.scalar(0.0), Array.scalar(0.0));
            return new Numeric(gradient.numeric(point), new Staged(x, y), new double[2]);
        }

        void run() {
            for (int i = 0; i < points.x.length; i++) {
                point[0] = points.x[i];
                point[1] = points.y[i];
                gradient.apply(point, point);
                points.byX[i] = point[0];
                points.byY[i] = point[1];
            }
        }
    }

    /// The same gradients from the compiled function, for comparison.
    static Point gradients(double[] x, double[] y, Kernels kernels) {
        TensorType type = TensorType.of(DType.F64, x.length);
        return Compiled.of(vmap((Point p) -> grad(ScalarCircuit::f).apply(p)), kernels)
                .apply(new Point(Array.of(type, Elements.wrap(x)), Array.of(type, Elements.wrap(y))));
    }

    /// The gradient written down stage by stage: forward, then backward, each value once.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Staged(double[] x, double[] y, double[] byX, double[] byY) {
        Staged(double[] x, double[] y) {
            this(x, y, new double[x.length], new double[y.length]);
        }

        void run() {
            for (int i = 0; i < x.length; i++) {
                at(i);
            }
        }

        private void at(int i) {
            double p = x[i];
            double q = y[i];
            double sigmaP = 1 / (1 + Math.exp(-p));
            double sigmaQ = 1 / (1 + Math.exp(-q));
            double numerator = p + sigmaQ;
            double sum = p + q;
            double inverse = 1 / (sigmaP + sum * sum);
            double byDenominator = -numerator * inverse * inverse;
            double bySum = 2 * sum * byDenominator;
            byX[i] = inverse + bySum + byDenominator * sigmaP * (1 - sigmaP);
            byY[i] = inverse * sigmaQ * (1 - sigmaQ) + bySum;
        }
    }
}

package dev.adjoint.nn;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import java.util.function.LongToDoubleFunction;

/// Initial weights, f32, from a key: the variance is chosen so that signals keep their size through the layers.
///
/// The numbers are made when they are first asked for; a model whose types alone are looked at takes no memory.
public final class Init {
    private Init() {}

    /// Zeros.
    public static Array zeros(long... dims) {
        return constant(0, dims);
    }

    /// Ones.
    public static Array ones(long... dims) {
        return constant(1, dims);
    }

    /// One number everywhere.
    public static Array constant(double value, long... dims) {
        return fill(i -> value, dims);
    }

    /// The identity matrix `[n,n]`: 1 where both indices agree, 0 elsewhere.
    public static Array identity(long n) {
        return fill(i -> i / n == i % n ? 1 : 0, n, n);
    }

    /// Uniform numbers between two bounds.
    ///
    /// @throws InvalidArgument if the bounds are not in order
    public static Array uniform(Key key, double low, double high, long... dims) {
        if (!(low <= high)) {
            throw new InvalidArgument("uniform weights lie between two bounds in order, not " + low + " and " + high);
        }
        return fill(i -> low + (high - low) * key.uniform(i), dims);
    }

    /// Normal numbers of mean 0.
    public static Array normal(Key key, double deviation, long... dims) {
        double checked = checked(deviation);
        return fill(i -> checked * key.normal(i), dims);
    }

    /// Normal numbers of mean 0, drawn again where they are further from 0 than twice the deviation; what remains has
    /// 0.88 of the deviation.
    public static Array truncatedNormal(Key key, double deviation, long... dims) {
        double checked = checked(deviation);
        return fill(i -> checked * withinTwo(key, i), dims);
    }

    private static double withinTwo(Key key, long index) {
        double z = key.normal(index);
        for (long attempt = 0; Math.abs(z) > 2; attempt++) {
            z = key.fold(attempt).normal(index);
        }
        return z;
    }

    private static double checked(double deviation) {
        if (!(deviation >= 0)) {
            throw new InvalidArgument("a standard deviation is at least 0, not " + deviation);
        }
        return deviation;
    }

    /// Normal numbers of variance 2/fanIn, for layers in front of a ramp.
    ///
    /// Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015.
    ///
    /// @param fanIn how many inputs each output adds up
    public static Array heNormal(Key key, long fanIn, long... dims) {
        return normal(key, Math.sqrt(2.0 / fanIn), dims);
    }

    /// Uniform numbers of variance 2/fanIn, for layers in front of a ramp: between ±√(6/fanIn).
    ///
    /// Source: as [#heNormal].
    ///
    /// @param fanIn how many inputs each output adds up
    public static Array heUniform(Key key, long fanIn, long... dims) {
        return symmetric(key, Math.sqrt(6.0 / fanIn), dims);
    }

    /// Normal numbers of variance 1/fanIn, for self-normalising networks and linear layers.
    ///
    /// Source: LeCun, Bottou, Orr, Müller, "Efficient backprop", 1998.
    ///
    /// @param fanIn how many inputs each output adds up
    public static Array lecunNormal(Key key, long fanIn, long... dims) {
        return normal(key, Math.sqrt(1.0 / fanIn), dims);
    }

    /// Uniform numbers of variance 1/fanIn: between ±√(3/fanIn).
    ///
    /// Source: as [#lecunNormal].
    ///
    /// @param fanIn how many inputs each output adds up
    public static Array lecunUniform(Key key, long fanIn, long... dims) {
        return symmetric(key, Math.sqrt(3.0 / fanIn), dims);
    }

    /// Uniform numbers of variance 2/(fanIn + fanOut): between ±√(6/(fanIn + fanOut)).
    ///
    /// Source: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
    ///
    /// @param fanIn how many inputs each output adds up
    /// @param fanOut how many outputs each input reaches
    public static Array glorotUniform(Key key, long fanIn, long fanOut, long... dims) {
        return symmetric(key, Math.sqrt(6.0 / (fanIn + fanOut)), dims);
    }

    /// Normal numbers of variance 2/(fanIn + fanOut).
    ///
    /// Source: as [#glorotUniform].
    ///
    /// @param fanIn how many inputs each output adds up
    /// @param fanOut how many outputs each input reaches
    public static Array glorotNormal(Key key, long fanIn, long fanOut, long... dims) {
        return normal(key, Math.sqrt(2.0 / (fanIn + fanOut)), dims);
    }

    /// A random matrix `[rows,columns]` with orthonormal rows or columns, whichever are fewer: W·Wᵀ = g²·I or Wᵀ·W = g²·I.
    ///
    /// Source: Saxe, McClelland, Ganguli, "Exact solutions to the nonlinear dynamics of learning in deep linear neural
    /// networks", 2014.
    ///
    /// @param gain g
    public static Array orthogonal(Key key, double gain, long rows, long columns) {
        TensorType type = TensorType.of(DType.F32, rows, columns);
        return Array.deferred(type, () -> {
            double[][] basis = Orthonormal.rows(key, (int) Math.min(rows, columns), (int) Math.max(rows, columns));
            return elements(type, i -> {
                int row = (int) (i / columns);
                int column = (int) (i % columns);
                return gain * (rows <= columns ? basis[row][column] : basis[column][row]);
            });
        });
    }

    private static Array symmetric(Key key, double bound, long... dims) {
        return fill(i -> bound * (2 * key.uniform(i) - 1), dims);
    }

    private static Array fill(LongToDoubleFunction number, long... dims) {
        TensorType type = TensorType.of(DType.F32, dims);
        return Array.deferred(type, () -> elements(type, number));
    }

    private static Elements elements(TensorType type, LongToDoubleFunction number) {
        Elements elements = Elements.allocate(type.dtype(), type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, number.applyAsDouble(i));
        }
        return elements;
    }
}

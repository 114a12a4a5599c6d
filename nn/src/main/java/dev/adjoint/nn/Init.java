package dev.adjoint.nn;

import dev.adjoint.run.Array;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.TensorType;
import java.util.function.LongToDoubleFunction;

/// Initial weights, f32, from a key: the variance is chosen so that signals keep their size through the layers.
public final class Init {
    private Init() {}

    /// Zeros.
    public static Array zeros(long... dims) {
        return Array.zeros(DType.F32, dims);
    }

    /// Normal numbers of variance 2/fanIn, for layers in front of a ramp.
    ///
    /// Source: He, Zhang, Ren, Sun, "Delving deep into rectifiers", ICCV 2015.
    ///
    /// @param fanIn how many inputs each output adds up
    public static Array heNormal(Key key, long fanIn, long... dims) {
        double deviation = Math.sqrt(2.0 / fanIn);
        return fill(i -> deviation * key.normal(i), dims);
    }

    /// Uniform numbers of variance 2/(fanIn + fanOut): between ±√(6/(fanIn + fanOut)).
    ///
    /// Source: Glorot, Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS 2010.
    ///
    /// @param fanIn how many inputs each output adds up
    /// @param fanOut how many outputs each input reaches
    public static Array glorotUniform(Key key, long fanIn, long fanOut, long... dims) {
        double bound = Math.sqrt(6.0 / (fanIn + fanOut));
        return fill(i -> bound * (2 * key.uniform(i) - 1), dims);
    }

    private static Array fill(LongToDoubleFunction number, long... dims) {
        TensorType type = TensorType.of(DType.F32, dims);
        Elements elements = Elements.allocate(DType.F32, type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            elements.set(i, number.applyAsDouble(i));
        }
        return Array.of(type, elements);
    }
}

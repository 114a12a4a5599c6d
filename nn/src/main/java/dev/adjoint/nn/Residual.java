package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;

/// A layer around which the input is led: y = f(x) + s(x).
///
/// f(x) and s(x) have one shape. Source: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2016.
///
/// {@snippet :
/// Tensor y = Residual.of(Linear.init(Key.of(1), 8, 8)).apply(x, Pass.evaluation());
/// }
///
/// @param body f
/// @param shortcut s, often x itself
public record Residual(Layer body, Layer shortcut) implements Layer {
    /// y = f(x) + x
    public static Residual of(Layer body) {
        return new Residual(body, Sequential.empty());
    }

    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return body.apply(x, pass).add(shortcut.apply(x, pass));
    }
}

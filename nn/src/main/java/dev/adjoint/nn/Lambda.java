package dev.adjoint.nn;

import dev.adjoint.tensor.Tensor;
import java.util.function.UnaryOperator;

/// Any function of a tensor that holds no weights, under a name: y = f(x). Weights that the function captures would not be
/// learned.
///
/// {@snippet :
/// Layer centre = new Lambda("centre", x -> x.sub(x.mean()));
/// }
///
/// @param name what it is called in summaries
/// @param function f
public record Lambda(String name, UnaryOperator<Tensor> function) implements Layer {
    @Override
    public Tensor apply(Tensor x, Pass pass) {
        return function.apply(x);
    }
}

package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// The Gaussian error linear unit: y = x·Φ(x) with Φ(x) = ½·(1 + erf(x/√2)). Derivative: Φ(x) + x·e^(−x²/2)/√(2π).
///
/// Beyond ±40, where erf is ±1 and the density 0 in double precision too, x is taken for ±40 wherever 0·∞ would arise:
/// y(−∞) = −0, y′(−∞) = 0 and y′(∞) = 1. The backward pass reads x alone. Source: Hendrycks, Gimpel, "Gaussian error linear
/// units", 2016.
public record Gelu() implements Composite {
    private static final double SATURATION = 40;

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.same(this, operands);
    }

    private static Tensor below(Tensor x) {
        return x.mul(Math.sqrt(0.5)).erf().add(1).mul(0.5);
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return x.maximum(-SATURATION).mul(below(x));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor x = call.x();
        Tensor density = x.square().mul(-0.5).exp().mul(1 / Math.sqrt(2 * Math.PI));
        return Optional.of(
                below(x).add(x.clamp(-SATURATION, SATURATION).mul(density)).mul(ct));
    }

    @Override
    public String vanishes(int operand) {
        return "far below x = 0";
    }

    @Override
    public String formula() {
        return "x·(1 + erf(x/√2))/2";
    }

    @Override
    public String onnx() {
        return "Gelu";
    }

    public static List<Sample> samples() {
        return List.of(Sample.of(new Gelu()).uniform(-4, 4, 2, 3));
    }
}

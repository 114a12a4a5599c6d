package dev.adjoint.op.composite;

import dev.adjoint.op.Call;
import dev.adjoint.op.Composite;
import dev.adjoint.op.Sample;
import dev.adjoint.tensor.*;
import java.util.*;

/// The Gaussian error linear unit, approximated: y = x/2·(1 + tanh u) with u = √(2/π)·(x + 0.044715·x³). Derivative:
/// (1 + tanh u)/2 + x/2·(1 − tanh² u)·√(2/π)·(1 + 0.134145·x²).
///
/// The backward pass reads x alone: to compute the tangent once more is cheaper than to keep what lies between. Source:
/// Hendrycks, Gimpel, "Gaussian error linear units", 2016; `gelu(approximate="tanh")` of PyTorch.
public record GeluTanh() implements Composite {
    private static final double SCALE = Math.sqrt(2 / Math.PI);
    private static final double CUBE = 0.044715;

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return FloatingLaw.same(this, operands);
    }

    private static Tensor tangent(Tensor x) {
        return x.add(x.mul(x.square()).mul(CUBE)).mul(SCALE).tanh();
    }

    @Override
    public Tensor expand(List<Tensor> operands) {
        Tensor x = operands.getFirst();
        return x.mul(0.5).mul(tangent(x).add(1));
    }

    @Override
    public Optional<Tensor> vjp(Call call, int operand, Tensor ct) {
        Tensor x = call.x();
        Tensor t = tangent(x);
        Tensor inner = x.square().mul(3 * CUBE * SCALE).add(SCALE);
        Tensor steep = x.mul(0.5).mul(t.square().neg().add(1)).mul(inner);
        return Optional.of(t.add(1).mul(0.5).add(steep).mul(ct));
    }

    @Override
    public String vanishes(int operand) {
        return "far below x = 0";
    }

    @Override
    public String formula() {
        return "x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))";
    }

    @Override
    public String onnx() {
        return "Gelu";
    }

    public static List<Sample> samples() {
        return List.of(Sample.of(new GeluTanh()).uniform(-4, 4, 2, 3));
    }
}

package dev.adjoint.testkit;

import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// Operators such as users write.
public final class Fixtures {
    private Fixtures() {}

    /// y = factor·x³ with its derivative 3·factor·x².
    public record Cube(double factor) implements CustomOp {
        @Override
        public void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
            for (int i = 0; i < out.getFirst().count(); i++) {
                double x = operands.getFirst().get(i);
                out.getFirst().set(i, factor * x * x * x);
            }
        }

        @Override
        public List<TensorType> infer(List<TensorType> operands) {
            Arity.check(this, operands, 1);
            return operands;
        }

        @Override
        public List<Tensor> jvp(Call call, Tangents tangents) {
            return List.of(tangents.of(0).mul(call.x().square().mul(3 * factor)));
        }

        @Override
        public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
            return cotangents.getFirst().mul(call.x().square().mul(3 * factor));
        }

        @Override
        public List<Tensor> batch(Batched operands) {
            return List.of(operands.x().apply(this));
        }

        @Override
        public String formula() {
            return "c·x³";
        }

        public static List<Sample> samples() {
            return List.of(
                    Sample.of(new Cube(2)).normal(2, 3),
                    Sample.of(new Cube(-0.5)).normal(),
                    Sample.of(new Cube(1)).normal(0));
        }
    }

    /// y = x² with a reverse rule that forgets the factor 2.
    public record WrongSquare() implements CustomOp {
        @Override
        public void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
            for (int i = 0; i < out.getFirst().count(); i++) {
                double x = operands.getFirst().get(i);
                out.getFirst().set(i, x * x);
            }
        }

        @Override
        public List<TensorType> infer(List<TensorType> operands) {
            return operands;
        }

        @Override
        public List<Tensor> jvp(Call call, Tangents tangents) {
            return List.of(tangents.of(0).mul(call.x().mul(2)));
        }

        @Override
        public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
            return cotangents.getFirst().mul(call.x());
        }

        @Override
        public List<Tensor> batch(Batched operands) {
            return List.of(operands.x().apply(this));
        }

        @Override
        public String formula() {
            return "x²";
        }

        public static List<Sample> samples() {
            return List.of(Sample.of(new WrongSquare()).normal(2));
        }
    }

    /// The sine and the cosine at once: two results.
    public record SinCos() implements CustomOp {
        @Override
        public void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
            for (int i = 0; i < out.getFirst().count(); i++) {
                double x = operands.getFirst().get(i);
                out.get(0).set(i, Math.sin(x));
                out.get(1).set(i, Math.cos(x));
            }
        }

        @Override
        public List<TensorType> infer(List<TensorType> operands) {
            Arity.check(this, operands, 1);
            return List.of(operands.getFirst(), operands.getFirst());
        }

        @Override
        public List<Tensor> jvp(Call call, Tangents tangents) {
            Tensor t = tangents.of(0);
            return List.of(
                    t.mul(call.results().get(1)), t.mul(call.results().get(0)).neg());
        }

        @Override
        public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
            Tensor sin = call.results().get(0);
            Tensor cos = call.results().get(1);
            return cotangents.get(0).mul(cos).sub(cotangents.get(1).mul(sin));
        }

        @Override
        public List<Tensor> batch(Batched operands) {
            return operands.x().apply(this, operands.operands());
        }

        @Override
        public String formula() {
            return "sin x, cos x";
        }

        public static List<Sample> samples() {
            return List.of(
                    Sample.of(new SinCos()).normal(3), Sample.of(new SinCos()).normal());
        }
    }

    /// The larger of two, whose winners do not share at a tie: each takes the whole cotangent.
    public record GreedyMax() implements CustomOp {
        @Override
        public void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
            for (int i = 0; i < out.getFirst().count(); i++) {
                double x = operands.get(0).get(i);
                out.getFirst().set(i, Math.max(x, operands.get(1).get(i)));
            }
        }

        @Override
        public List<TensorType> infer(List<TensorType> operands) {
            Arity.check(this, operands, 2);
            if (!operands.get(0).equals(operands.get(1))) {
                throw new ShapeMismatch(name(), operands, "the types must be equal");
            }
            return List.of(operands.getFirst());
        }

        @Override
        public List<Tensor> jvp(Call call, Tangents tangents) {
            return List.of(won(call, 0, tangents.of(0)).add(won(call, 1, tangents.of(1))));
        }

        @Override
        public Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
            return won(call, operand, cotangents.getFirst());
        }

        private static Tensor won(Call call, int operand, Tensor t) {
            return call.operand(operand).eq(call.out()).where(t, t.constant(0));
        }

        @Override
        public List<Tensor> batch(Batched operands) {
            return operands.x().apply(this, operands.repeated());
        }

        @Override
        public String formula() {
            return "max(x, y)";
        }

        public static List<Sample> samples() {
            return List.of(Sample.of(new GreedyMax()).normal(3).normal(3));
        }
    }
}

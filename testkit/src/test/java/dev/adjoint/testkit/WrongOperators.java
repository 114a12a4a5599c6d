package dev.adjoint.testkit;

import dev.adjoint.compile.Cluster;
import dev.adjoint.op.Arity;
import dev.adjoint.op.Batched;
import dev.adjoint.op.Call;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.run.Kernel;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.Optional;

/// Operators and kernels each of which breaks one law and keeps the others.
public final class WrongOperators {
    private WrongOperators() {}

    /// What elementwise operators of one operand have in common.
    public interface OfOne extends CustomOp {
        double value(DType dtype, double x);

        Tensor slope(Tensor x);

        @Override
        default void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
            for (int i = 0; i < out.getFirst().count(); i++) {
                double x = operands.getFirst().get(i);
                out.getFirst().set(i, value(operands.getFirst().dtype(), x));
            }
        }

        @Override
        default List<TensorType> infer(List<TensorType> operands) {
            Arity.check(this, operands, 1);
            return operands;
        }

        @Override
        default List<Tensor> jvp(Call call, Tangents tangents) {
            return List.of(tangents.of(0).mul(slope(call.x())));
        }

        @Override
        default Tensor vjp(Call call, int operand, List<Tensor> cotangents) {
            return cotangents.getFirst().mul(slope(call.x()));
        }

        @Override
        default List<Tensor> batch(Batched operands) {
            return List.of(operands.x().apply(this));
        }

        @Override
        default String formula() {
            return "y = f(x)";
        }
    }

    /// x³ and its derivatives 3x², 6x and 6, of which the last is wrong.
    ///
    /// @param order which derivative
    public record Descending(int order) implements OfOne {
        @Override
        public double value(DType dtype, double x) {
            return switch (order) {
                case 0 -> x * x * x;
                case 1 -> 3 * x * x;
                case 2 -> 6 * x;
                default -> 0;
            };
        }

        @Override
        public Tensor slope(Tensor x) {
            return order < 2 ? x.apply(new Descending(order + 1)) : x.onesLike().mul(5);
        }

        public static List<Sample> samples() {
            return List.of(Sample.of(new Descending(0)).normal(2));
        }
    }

    /// log(1 + x) as if 1 + x lost nothing: fine for doubles, without a digit for floats and small x.
    public record HastyLog1p() implements OfOne {
        @Override
        public double value(DType dtype, double x) {
            return dtype == DType.F64 ? Math.log1p(x) : Math.log((float) (1 + x));
        }

        @Override
        public Tensor slope(Tensor x) {
            return x.add(1).reciprocal();
        }

        public static List<Sample> samples() {
            return List.of(Sample.of(new HastyLog1p()).uniform(1e-6, 1e-5, 3));
        }
    }

    /// The identity, which looks at the first number before all others, even where there is none.
    public record FirstAtOnce() implements OfOne {
        @Override
        public void evaluate(List<TensorType> types, List<Elements> operands, List<Elements> out) {
            out.getFirst().set(0, operands.getFirst().get(0));
            OfOne.super.evaluate(types, operands, out);
        }

        @Override
        public double value(DType dtype, double x) {
            return x;
        }

        @Override
        public Tensor slope(Tensor x) {
            return x.onesLike();
        }

        public static List<Sample> samples() {
            return List.of(Sample.of(new FirstAtOnce()).normal(2));
        }
    }

    /// A vector of which the numbers along axis 0 change their sign; as axis −1 it is not recognised.
    ///
    /// @param axis the axis
    public record OppositeAlong(int axis) implements OfOne {
        @Override
        public double value(DType dtype, double x) {
            return axis == 0 ? -x : x;
        }

        @Override
        public Tensor slope(Tensor x) {
            return x.onesLike().neg();
        }

        public static List<Sample> samples() {
            return List.of(Sample.of(new OppositeAlong(0)).normal(3));
        }
    }

    /// The identity, whose law of shapes looks at operands that need not be there.
    public record Unlawful() implements OfOne {
        @Override
        public List<TensorType> infer(List<TensorType> operands) {
            return List.of(operands.getFirst());
        }

        @Override
        public double value(DType dtype, double x) {
            return x;
        }

        @Override
        public Tensor slope(Tensor x) {
            return x.onesLike();
        }

        public static List<Sample> samples() {
            return List.of(Sample.of(new Unlawful()).normal(3));
        }
    }

    /// Kernels for permutations that copy the numbers as they lie.
    static final class Unpermuted implements KernelProvider {
        @Override
        public String name() {
            return "unpermuted";
        }

        @Override
        public int priority() {
            return 1000;
        }

        @Override
        public Optional<Kernel> kernel(Cluster cluster, Workers workers) {
            boolean applies = cluster.isSingle() && cluster.op() instanceof Permute;
            return applies ? Optional.of(Unpermuted::copy) : Optional.empty();
        }

        private static void copy(Elements[] inputs, Elements[] outputs) {
            System.arraycopy(inputs[0].array(), 0, outputs[0].array(), 0, outputs[0].count());
        }
    }
}

package dev.adjoint.op;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// An operator with operands at which the laws are tested: types and the range that numbers are drawn from.
///
/// Floating operands are declared in f64; the laws also run them in f32.
///
/// @param op the operator with its attributes
/// @param operands how to draw each operand
public record Sample(Op op, List<Operand> operands) {
    /// One operand of a sample: uniform numbers between two bounds; integers include `low` and exclude `high`. Where the
    /// bounds are equal the operand has one allowed value, and differences do not move it.
    public record Operand(TensorType type, double low, double high) {}

    public Sample {
        operands = List.copyOf(operands);
    }

    public static Sample of(Op op) {
        return new Sample(op, List.of());
    }

    /// Adds a floating operand with numbers between −2 and 2.
    public Sample normal(long... dims) {
        return uniform(-2, 2, dims);
    }

    /// Adds a floating operand with numbers between the bounds.
    public Sample uniform(double low, double high, long... dims) {
        return with(new Operand(TensorType.of(DType.F64, dims), low, high));
    }

    /// Adds an operand of integers from 0 to `bound` − 1.
    public Sample indices(long bound, long... dims) {
        return with(new Operand(TensorType.of(DType.I64, dims), 0, bound));
    }

    /// Adds an operand of booleans.
    public Sample booleans(long... dims) {
        return with(new Operand(TensorType.of(DType.BOOL, dims), 0, 2));
    }

    /// Adds a random key.
    public Sample key() {
        return indices(1L << 40);
    }

    /// Adds an operand.
    public Sample with(Operand operand) {
        List<Operand> more = new ArrayList<>(operands);
        more.add(operand);
        return new Sample(op, more);
    }

    /// The operand types.
    public List<TensorType> types() {
        return operands.stream().map(Operand::type).toList();
    }
}

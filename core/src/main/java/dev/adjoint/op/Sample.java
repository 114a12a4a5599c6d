package dev.adjoint.op;

import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Shape;
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
    ///
    /// @param type shape and element type
    /// @param low the lower bound
    /// @param high the upper bound
    /// @param structure what is added to the drawn numbers
    public record Operand(TensorType type, double low, double high, Structure structure) {
        /// Numbers as they are drawn.
        public Operand(TensorType type, double low, double high) {
            this(type, low, high, Structure.NONE);
        }

        /// The element at a place, for a number drawn between 0 and 1.
        public double element(int index, double drawn) {
            double number = low + (high - low) * drawn + structure.at(type.shape(), index);
            return type.dtype().isFloating() ? number : Math.floor(number);
        }
    }

    /// What is added to drawn numbers, so that they lie in the domain of an operator on matrices.
    public enum Structure {
        /// Nothing.
        NONE,
        /// 4, 8, 12 … along the diagonal of the last two axes. With numbers between −1 and 1 this makes small matrices
        /// positive definite and well conditioned, and their eigenvalues distinct.
        DIAGONAL,
        /// 4, 8, 12 … along the last axis, so that the elements are distinct.
        RISING;

        private static final double STEP = 4;

        /// What is added to the element at a place of a shape.
        public double at(Shape shape, int index) {
            return switch (this) {
                case NONE -> 0;
                case DIAGONAL -> {
                    long column = index % shape.dim(-1);
                    long row = index / shape.dim(-1) % shape.dim(-2);
                    yield row == column ? STEP * (double) (row + 1) : 0;
                }
                case RISING -> STEP * (double) (index % shape.dim(-1) + 1);
            };
        }
    }

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

    /// Adds a floating operand of matrices that are well conditioned, positive definite if square, with distinct
    /// eigenvalues: [Structure#DIAGONAL].
    public Sample matrix(long... dims) {
        return with(new Operand(TensorType.of(DType.F64, dims), -1, 1, Structure.DIAGONAL));
    }

    /// Adds a floating operand of distinct numbers along the last axis: [Structure#RISING].
    public Sample rising(long... dims) {
        return with(new Operand(TensorType.of(DType.F64, dims), -1, 1, Structure.RISING));
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

package dev.adjoint.jvm;

import dev.adjoint.op.Op;
import dev.adjoint.op.contraction.Window;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Concat;
import dev.adjoint.op.movement.Flip;
import dev.adjoint.op.movement.Fold;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.movement.Pad.Margin;
import dev.adjoint.op.movement.Permute;
import dev.adjoint.op.movement.Slice;
import dev.adjoint.op.movement.Slice.Range;
import dev.adjoint.op.movement.Unfold;
import dev.adjoint.tensor.Axes;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.Permutation;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.TensorType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MovementTest {
    record Move(Op op, Shape shape) {
        Move(Op op, long... dims) {
            this(op, Shape.of(dims));
        }
    }

    static Stream<Move> moves() {
        Margin none = Margin.none();
        return Stream.of(
                new Move(new Permute(Permutation.of(1, 0)), 67, 45),
                new Move(new Permute(Permutation.of(1, 0)), 300, 400),
                new Move(new Permute(Permutation.of(0, 2, 1)), 3, 40, 50),
                new Move(new Permute(Permutation.of(2, 0, 1)), 5, 33, 35),
                new Move(new Permute(Permutation.of(1, 0, 2)), 5, 33, 35),
                new Move(new Permute(Permutation.of(3, 1, 2, 0)), 3, 4, 5, 6),
                new Move(new Permute(Permutation.of(1, 0)), 0, 4),
                new Move(new Broadcast(Shape.of(3, 4, 50)), 4, 50),
                new Move(new Broadcast(Shape.of(3, 4, 50)), 4, 1),
                new Move(new Broadcast(Shape.of(3, 4, 50)), 3, 1, 50),
                new Move(new Broadcast(Shape.of(1000)), 1),
                new Move(new Slice(List.of(new Range(1, 9, 3), new Range(2, 40, 1))), 9, 41),
                new Move(new Slice(List.of(new Range(0, 9, 1), new Range(1, 41, 7))), 9, 41),
                new Move(new Slice(List.of(new Range(4, 4, 1))), 9),
                new Move(new Pad(List.of(new Margin(1, 2, 0), new Margin(3, 0, 2)), -1.5), 4, 5),
                new Move(new Pad(List.of(none, new Margin(30, 31, 0)), -0.0), 4, 50),
                new Move(new Flip(Axes.of(0)), 30, 31),
                new Move(new Flip(Axes.all()), 4, 5, 6),
                new Move(new Unfold(Window.dense(2).stride(2), Shape.of(3, 2)), 2, 9, 8),
                new Move(new Unfold(Window.dense(2).dilation(2), Shape.of(2, 3)), 2, 9, 8));
    }

    @ParameterizedTest
    @MethodSource("moves")
    void everyTypeExactly(Move move) {
        for (DType dtype : DType.values()) {
            KernelsAgree.on(move.op, -9, 9, new TensorType(dtype, move.shape)).exactly();
        }
    }

    @Test
    void concatenates() {
        for (DType dtype : DType.values()) {
            TensorType[] types = {
                TensorType.of(dtype, 3, 30, 2), TensorType.of(dtype, 3, 0, 2), TensorType.of(dtype, 3, 7, 2)
            };
            KernelsAgree.on(new Concat(1), -9, 9, types).exactly();
        }
    }

    @Test
    void foldsInTheOrderOfTheReference() {
        Op fold = new Fold(Window.dense(2), Shape.of(5, 30));
        for (DType dtype : DType.values()) {
            KernelsAgree agree = KernelsAgree.on(fold, 1, 2, TensorType.of(dtype, 2, 4, 28, 2, 3));
            if (dtype.bytes() == 2) {
                // The reference rounds after each of the six additions, the kernel once.
                agree.within(6 * Math.scalb(1.0, -dtype.precision()));
            } else {
                agree.exactly();
            }
        }
    }
}

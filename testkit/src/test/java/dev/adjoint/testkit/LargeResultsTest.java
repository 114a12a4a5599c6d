package dev.adjoint.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.composite.OneHot;
import dev.adjoint.op.contraction.MatMul;
import dev.adjoint.op.elementwise.Add;
import dev.adjoint.op.indexing.Gather;
import dev.adjoint.op.linalg.InverseGaps;
import dev.adjoint.op.movement.Broadcast;
import dev.adjoint.op.movement.Concat;
import dev.adjoint.op.movement.Pad;
import dev.adjoint.op.source.Iota;
import dev.adjoint.op.source.RandomNormal;
import dev.adjoint.run.Array;
import dev.adjoint.run.Executable;
import dev.adjoint.tensor.DType;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Operators whose results hold far more elements than their operands.
class LargeResultsTest {
    private static final long SIDE = 1L << 16;
    private static final TensorType COLUMN = TensorType.of(DType.U8, SIDE, 1);
    private static final TensorType ROW = TensorType.of(DType.U8, 1, SIDE);

    static List<Arguments> calls() {
        TensorType large = TensorType.of(DType.F32, SIDE, SIDE);
        TensorType number = TensorType.of(DType.F32, 1);
        TensorType indices = TensorType.of(DType.I32, SIDE);
        TensorType part = TensorType.of(DType.U8, 1L << 18);
        return List.of(
                Arguments.of(new Broadcast(large.shape()), List.of(number)),
                Arguments.of(new Add(), List.of(COLUMN, ROW)),
                Arguments.of(new MatMul(), List.of(COLUMN, ROW)),
                Arguments.of(new Gather(0), List.of(TensorType.of(DType.U8, 1, SIDE), indices)),
                Arguments.of(new Pad(List.of(new Pad.Margin(SIDE * SIDE, 0, 0)), 0), List.of(number)),
                Arguments.of(new OneHot(SIDE, DType.U8), List.of(indices)),
                Arguments.of(new InverseGaps(), List.of(TensorType.of(DType.F64, SIDE))),
                Arguments.of(new Iota(large, 0), List.of()),
                Arguments.of(new RandomNormal(large), List.of(TensorType.of(DType.I64))),
                Arguments.of(new Concat(0), Collections.nCopies(1 << 13, part)));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void moreElementsThanAnArrayHoldsAreRefusedAtOnce(Op op, List<TensorType> operands) {
        String law = "elements and does not fit a Java array (at most 2³¹−9)";
        Map<TensorType, Array> zeros = new HashMap<>();
        List<Array> arrays = operands.stream()
                .map(type -> zeros.computeIfAbsent(type, Array::zeros))
                .toList();
        assertThatThrownBy(() -> Array.scalar(1.0).apply(op, arrays))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageStartingWith(op.name() + ": ")
                .hasMessageContaining(law);
        List<Value> inputs =
                operands.stream().map(type -> Value.input("x", type)).toList();
        Graph graph = new Graph(inputs, Value.call(op, inputs));
        assertThatThrownBy(() -> Executable.compile(graph))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining(op.name())
                .hasMessageContaining(law);
    }

    @Test
    void moreElementsThanCanBeCountedAreRefusedByName() {
        Value x = Value.input("x", TensorType.of(DType.F64, 1L << 40, 1));
        Value y = Value.input("y", TensorType.of(DType.F64, 1, 1L << 40));
        assertThatThrownBy(() -> x.matmul(y))
                .hasMessageStartingWith("matmul: f64[1099511627776,1] and f64[1,1099511627776]: the shape"
                        + " [1099511627776, 1099511627776] has more than 2⁶³ elements");
    }
}

package dev.adjoint.jvm;

import dev.adjoint.op.Elementwise;
import dev.adjoint.op.Operations;
import dev.adjoint.tensor.DType;
import java.util.List;

/// All that a generated loop depends on: equal ones are generated once.
///
/// The values of a loop are numbered: first the operands, then the results of the calls.
///
/// @param operands the element types of the operands
/// @param access how each operand is read
/// @param calls what is computed of them, in order
/// @param results the numbers of the values that are written
/// @param writing what is done with them
record LoopShape(
        List<DType> operands, List<Access> access, List<Applied> calls, List<Integer> results, Writing writing) {
    /// Operations in a loop of vectors, less some to be sure, and what an array counts beside them.
    private static final int LARGE = 46;

    private static final int ARRAY = 6;

    /// What a loop does with its results.
    enum Writing {
        /// `y[i] = f(x₀[i], …)`, in the types of the results.
        STORED,
        /// `y[i] += f(x₀[i + at₀], …)` in double, over rows: behind the places of the operands, `at` holds by how much each
        /// moves from row to row, and last the number of rows.
        SUMMED
    }

    /// An operator on some of the values.
    ///
    /// @param op the operator with its attributes
    /// @param operands the numbers of its operands
    /// @param result the element type of its result
    record Applied(Elementwise op, List<Integer> operands, DType result) {
        Applied {
            operands = List.copyOf(operands);
        }
    }

    LoopShape {
        operands = List.copyOf(operands);
        access = List.copyOf(access);
        calls = List.copyOf(calls);
        results = List.copyOf(results);
    }

    /// The same formulas, whose results are summed.
    LoopShape summing() {
        return new LoopShape(operands, access, calls, results, Writing.SUMMED);
    }

    /// The element type of a value.
    DType type(int value) {
        return value < operands.size()
                ? operands.get(value)
                : calls.get(value - operands.size()).result();
    }

    /// The element types of an applied operator's operands.
    List<DType> types(Applied call) {
        return call.operands().stream().map(this::type).toList();
    }

    /// Whether the JVM needs to be talked into vector instructions: with two arrays it makes none of more than 40 operations.
    boolean isLarge() {
        int operations =
                calls.stream().mapToInt(call -> Operations.of(call.op())).sum();
        return operations + ARRAY * (operands.size() + results.size()) > LARGE
                && !isBranching()
                && operands.stream().allMatch(LoopShape::isVector)
                && calls.stream().allMatch(call -> isVector(call.result()))
                && type(results.getLast()).isFloating();
    }

    private static boolean isVector(DType dtype) {
        return dtype.isFloating() || dtype == DType.BOOL;
    }

    /// Whether some formula chooses between two numbers, which the JVM does not turn into vector instructions.
    boolean isBranching() {
        return calls.stream().anyMatch(call -> Rounding.of(call.op()).branches());
    }
}

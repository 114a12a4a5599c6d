package dev.adjoint.jvm;

import dev.adjoint.op.Elementwise;
import dev.adjoint.tensor.DType;
import java.util.List;

/// All that a generated loop depends on: equal ones are generated once.
///
/// @param op the operator with its attributes
/// @param operands the element types of the operands
/// @param access how each operand is read
/// @param result the element type of the result
record LoopShape(Elementwise op, List<DType> operands, List<Access> access, DType result) {
    LoopShape {
        operands = List.copyOf(operands);
        access = List.copyOf(access);
    }
}

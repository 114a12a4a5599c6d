package dev.adjoint.op.composite;

import dev.adjoint.op.Op;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Shape;
import dev.adjoint.tensor.ShapeMismatch;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// The laws of recurrent networks over time: which shapes of the operands go with states `[N,H]` and T steps.
///
/// @param op whose operands are tested
/// @param operands the types of these
record SequenceLaw(Op op, List<TensorType> operands) {
    /// Between how many operands there may be.
    SequenceLaw arity(int least, int most) {
        if (operands.size() < least || operands.size() > most) {
            String range = least == most ? "" + least : least + " to " + most;
            throw new InvalidArgument(op.name() + " takes " + range + " operands, not " + operands.size());
        }
        FloatingLaw.equalTypes(op, operands);
        return this;
    }

    /// An operand that is a state, `[N,H]`.
    Shape state(int operand, String law) {
        Shape state = operands.get(operand).shape();
        return state.rank() == 2 ? state : refuse(law);
    }

    /// An operand that is the inputs, `[N,T,I]`.
    Shape sequences(int operand, String law) {
        Shape sequences = operands.get(operand).shape();
        return sequences.rank() == 3 ? sequences : refuse(law);
    }

    /// Refuses operands of other shapes; those at the end may be missing.
    void check(List<Shape> wanted, String law) {
        for (int i = 0; i < operands.size(); i++) {
            if (!operands.get(i).shape().equals(wanted.get(i))) {
                refuse(law);
            }
        }
    }

    private Shape refuse(String law) {
        throw new ShapeMismatch(op.name(), operands, law);
    }
}

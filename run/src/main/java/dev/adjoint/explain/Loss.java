package dev.adjoint.explain;

import dev.adjoint.tensor.Place;
import java.util.Optional;

/// A place where gradient is lost on the way from the result to an argument.
///
/// @param cause what happens there
/// @param operator the operator by its printed name, with the rule it belongs to; empty if there is no path at all
/// @param place the line of the program that asked for it, if there is one
/// @param lost how many elements of the operand get nothing back
/// @param elements how many elements the operand has
/// @param verdict the finding in plain language, with numbers
public record Loss(Cause cause, String operator, Optional<Place> place, long lost, long elements, String verdict) {
    /// What happens to the gradient.
    public enum Cause {
        /// The local derivative is 0: a ramp that is off, a saturated curve, a maximum that is elsewhere, a factor of 0.
        LOCAL_DERIVATIVE,
        /// The operator has no derivative: a stopped gradient, a comparison, an index.
        NO_DERIVATIVE,
        /// The result does not depend on the argument.
        NO_PATH,
        /// What several uses hand back adds up to 0.
        CANCELLATION,
        /// The numbers are too small for their type.
        UNDERFLOW
    }

    /// Whether nothing gets past.
    public boolean isTotal() {
        return lost == elements;
    }

    @Override
    public String toString() {
        return operator + place.map(p -> " at " + p).orElse("") + (operator.isEmpty() ? "" : ": ") + verdict;
    }
}

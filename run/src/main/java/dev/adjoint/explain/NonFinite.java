package dev.adjoint.explain;

import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Place;
import java.io.Serial;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An operator that made a NaN or an infinity, found by [Checked].
///
/// The message reads `operator makes what: result; operands (line of the program)`.
public final class NonFinite extends AdjointException {
    @Serial
    private static final long serialVersionUID = 1;

    private final String operator;
    private final transient Optional<Place> place;
    private final transient List<NumberRange> operands;
    private final transient NumberRange result;

    NonFinite(String operator, Optional<Place> place, List<NumberRange> operands, NumberRange result) {
        super(operator + (operands.isEmpty() ? " holds " : " makes ") + made(result) + ": " + result + taken(operands));
        this.operator = operator;
        this.place = place;
        this.operands = List.copyOf(operands);
        this.result = result;
    }

    private static String made(NumberRange result) {
        if (result.nans() > 0) {
            return result.nans() + " NaN";
        }
        return result.infinities() + (result.infinities() == 1 ? " infinity" : " infinities");
    }

    private static String taken(List<NumberRange> operands) {
        if (operands.isEmpty()) {
            return "";
        }
        String list = operands.stream().map(NumberRange::toString).collect(Collectors.joining(" and "));
        return (operands.size() == 1 ? "; its operand is " : "; its operands are ") + list;
    }

    /// The operator by its printed name with the rule it belongs to: `log`, `div in the backward of log`.
    public String operator() {
        return operator;
    }

    /// The line of the program that asked for the operator, or for the one that it differentiates.
    @Override
    public Optional<Place> place() {
        return place;
    }

    /// The ranges of the operands; none if it is an argument of the function that holds NaN.
    public List<NumberRange> operands() {
        return operands;
    }

    /// The range of the result.
    public NumberRange result() {
        return result;
    }
}

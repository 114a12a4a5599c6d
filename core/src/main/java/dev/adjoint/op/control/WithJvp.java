package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// A computation with a forward rule of its own: y = body(x), dy = pushforward(x, t).
///
/// The pushforward must be linear in the tangents; reverse mode is its transpose. All operands and results are floating.
///
/// @param body the computation
/// @param pushforward takes the arguments and their tangents, and returns the results' tangents
public record WithJvp(Body body, Body pushforward) implements Control {
    public WithJvp {
        List<TensorType> taken = new ArrayList<>(body.inputTypes());
        taken.addAll(body.inputTypes());
        BodyLaw.requireFloating("withjvp", taken);
        BodyLaw.requireFloating("withjvp", body.outputTypes());
        if (!pushforward.inputTypes().equals(taken)
                || !pushforward.outputTypes().equals(body.outputTypes())) {
            throw new InvalidArgument("withJvp: the pushforward must take " + taken + " and return "
                    + body.outputTypes() + ", not " + pushforward.inputTypes() + " and " + pushforward.outputTypes());
        }
    }

    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return BodyLaw.infer(this, body, operands);
    }

    @Override
    public String vanishes(int operand) {
        return "by the rule that was given for it";
    }

    @Override
    public String formula() {
        return "body(x), dy = pushforward(x, t)";
    }
}

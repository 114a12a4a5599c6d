package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.List;

/// A computation with a reverse rule of its own: y = body(x), dx = pullback(x, y, ct).
///
/// The pullback must be linear in the cotangents; forward mode is its transpose. All operands and results are floating.
///
/// @param body the computation
/// @param pullback takes the arguments, the results and their cotangents, and returns the arguments' cotangents
public record WithVjp(Body body, Body pullback) implements Control {
    public WithVjp {
        List<TensorType> taken = new ArrayList<>(body.inputTypes());
        taken.addAll(body.outputTypes());
        taken.addAll(body.outputTypes());
        BodyLaw.requireFloating("withvjp", taken);
        if (!pullback.inputTypes().equals(taken) || !pullback.outputTypes().equals(body.inputTypes())) {
            throw new InvalidArgument("withVjp: the pullback must take " + taken + " and return " + body.inputTypes()
                    + ", not " + pullback.inputTypes() + " and " + pullback.outputTypes());
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
        return "body(x), dx = pullback(x, y, ct)";
    }
}

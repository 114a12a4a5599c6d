package dev.adjoint.op.control;

import dev.adjoint.op.Body;
import dev.adjoint.op.Control;
import dev.adjoint.tensor.TensorType;
import java.util.List;

/// A computation of which reverse mode keeps the arguments alone: y = body(x), run once more in the backward pass.
///
/// Source: Griewank, Walther, "Algorithm 799: revolve", 2000; Chen, Xu, Zhang, Guestrin, "Training deep nets with sublinear
/// memory cost", 2016.
///
/// @param body the computation
public record Recompute(Body body) implements Control {
    @Override
    public List<TensorType> infer(List<TensorType> operands) {
        return BodyLaw.infer(this, body, operands);
    }

    @Override
    public String formula() {
        return "body(x)";
    }
}

package dev.adjoint.transform;

import dev.adjoint.op.Call;
import dev.adjoint.op.Control;
import dev.adjoint.op.Tangents;
import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;
import dev.adjoint.tensor.Tensor;
import java.util.List;

/// Forward and reverse mode of every [Control] operator.
final class ControlRules {
    private ControlRules() {}

    /// The results, then the tangents of the floating ones.
    static List<Tensor> forward(Control control, Call call, Tangents tangents) {
        return switch (control) {
            case Scan _ -> new ScanRules(call).forward(tangents);
            case Cond _ -> new CondRules(call).forward(tangents);
            case While _ -> new WhileRules(call).forward(tangents);
            case Recompute op -> new CallRules(call).forward(op, tangents);
            case WithVjp op -> new CallRules(call).forward(op, tangents);
            case WithJvp op -> new CallRules(call).forward(op, tangents);
        };
    }

    /// The cotangents of the floating operands, in order.
    static List<Tensor> backwards(Control control, Call call, List<Tensor> cotangents) {
        return switch (control) {
            case Scan _ -> new ScanRules(call).backwards(cotangents);
            case Cond _ -> new CondRules(call).backwards(cotangents);
            case While loop -> throw WhileRules.refusal(loop);
            case Recompute op -> new CallRules(call).backwards(op, cotangents);
            case WithVjp op -> new CallRules(call).backwards(op, cotangents);
            case WithJvp op -> new CallRules(call).backwards(op, cotangents);
        };
    }
}

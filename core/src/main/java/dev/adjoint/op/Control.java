package dev.adjoint.op;

import dev.adjoint.op.control.Cond;
import dev.adjoint.op.control.Recompute;
import dev.adjoint.op.control.Scan;
import dev.adjoint.op.control.While;
import dev.adjoint.op.control.WithJvp;
import dev.adjoint.op.control.WithVjp;

/// Operators whose attributes are [Body] computations: they repeat one, choose between two, or call one under a derivative
/// rule of its own. The transformations differentiate and batch them by differentiating and batching their bodies.
public sealed interface Control extends Op permits Scan, Cond, While, Recompute, WithVjp, WithJvp {}

package dev.adjoint.onednn;

import dev.adjoint.run.Kernel;
import dev.adjoint.run.Workers;
import dev.adjoint.tensor.Elements;

/// A kernel for finite results, and another for the rest, where an operand that is not finite leaves no result finite that it
/// takes part in. See [Guarded].
///
/// @param fast whose result is looked at
/// @param exact which computes it again, if it is not finite
/// @param workers the threads
record GuardedResult(Kernel fast, Kernel exact, Workers workers) implements Kernel {
    @Override
    public boolean overwrites() {
        return fast.overwrites();
    }

    @Override
    public void run(Elements[] inputs, Elements[] outputs) {
        fast.run(inputs, outputs);
        if (!Guarded.isFinite(outputs[0], workers)) {
            Guarded.runExact(exact, inputs, outputs);
        }
    }
}

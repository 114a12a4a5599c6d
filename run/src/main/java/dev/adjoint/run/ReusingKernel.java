package dev.adjoint.run;

import dev.adjoint.tensor.Elements;
import java.util.Set;

/// A kernel whose runs need objects of their own, such as arrays of operands or partial sums: they are kept from run to run, as
/// many as ever ran at once, so that a run allocates nothing.
public abstract class ReusingKernel implements Kernel {
    @SuppressWarnings("this-escape") // nothing is made before the first run
    private final Pool<InRow> idle = new Pool<>(this::inRow);

    /// For subclasses.
    protected ReusingKernel() {}

    /// The kernel with objects for one run at a time. It must not hold on to inputs and outputs when a run has ended.
    protected abstract InRow inRow();

    @Override
    public final void run(Elements[] inputs, Elements[] outputs) {
        InRow run = idle.borrow();
        try {
            run.run(inputs, outputs, Turn.FIRST);
        } finally {
            idle.giveBack(run);
        }
    }

    @Override
    public InRow inRow(Set<Integer> constant) {
        return inRow();
    }
}

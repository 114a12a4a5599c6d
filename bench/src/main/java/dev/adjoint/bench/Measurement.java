package dev.adjoint.bench;

/// What a training step took.
///
/// @param workload the name of the workload
/// @param threads the threads that kernels could use
/// @param backend the kernels: the name of the provider that is asked first
/// @param firstMs the first step: traced, compiled and run
/// @param medianMs the median of the blocks
/// @param minMs the fastest block
/// @param maxMs the slowest block
/// @param lossFirst the loss before the first step
/// @param lossLast the loss before the last step
/// @param trainBytes the most memory that a step holds at once
/// @param predictBytes the most memory that the objective alone holds at once
public record Measurement(
        String workload,
        int threads,
        String backend,
        double firstMs,
        double medianMs,
        double minMs,
        double maxMs,
        double lossFirst,
        double lossLast,
        long trainBytes,
        long predictBytes) {
    /// Whether the steps have learnt something: a step that does not is none.
    public boolean learns() {
        return lossLast < lossFirst;
    }
}

package dev.adjoint.bench;

import dev.adjoint.compile.Work;

/// What one kernel of a compiled step took and had to do.
///
/// @param operators the names of the operators that the kernel runs, in order
/// @param results the types that it writes
/// @param nanoseconds the median of what it took
/// @param work the bytes it moves and about how many operations it does
public record KernelCost(String operators, String results, long nanoseconds, Work work) {
    /// Billions of bytes a second.
    public double gigabytesPerSecond() {
        return (double) work.bytes() / Math.max(1, nanoseconds);
    }

    /// Billions of operations a second.
    public double gigaflops() {
        return (double) work.operations() / Math.max(1, nanoseconds);
    }
}

package dev.adjoint.jvm;

/// A generated loop: every result y of `(y₀[i], y₁[i], …) = f(x₀, x₁, …)` for i from `from` to before `to`.
///
/// A summing loop ([LoopShape.Writing#SUMMED]) adds them to `yₖ[i]`, row after row.
///
/// How an operand is read stands in the code ([Access]); `at` says where, for every operand.
interface Loop {
    void run(Object[] x, Object[] y, int[] at, int from, int to);
}

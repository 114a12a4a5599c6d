import dev.adjoint.jvm.JvmKernels;
import dev.adjoint.run.KernelProvider;

/// The execution of Adjoint: numbers in memory, and graphs run as planned sequences of kernels.
///
/// In comes a graph; `compile` turns it into a plan, `run` chooses kernels for the plan and executes it. Kernels come from
/// providers: the reference kernels, which define the meaning, and the `jvm` kernels, which are fast. `explain`
/// says why numbers are what they are. Needs the JDK alone.
@SuppressWarnings("module") // the module that packages are exported to is built later
module dev.adjoint.run {
    requires transitive dev.adjoint.core;
    requires static org.jspecify;

    exports dev.adjoint.compile;
    exports dev.adjoint.run;
    exports dev.adjoint.explain;
    // The kernels that others stand on where numbers are not finite.
    exports dev.adjoint.jvm to
            dev.adjoint.onednn;

    uses KernelProvider;

    provides KernelProvider with
            JvmKernels;
}

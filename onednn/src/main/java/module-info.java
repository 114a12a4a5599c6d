import dev.adjoint.onednn.OnednnKernels;
import dev.adjoint.run.KernelProvider;

/// Kernels for matrix products and convolutions from oneDNN, called through the foreign-function API.
///
/// In comes a cluster, out goes a kernel, or nothing: where the native library cannot be loaded, one line says why, and the
/// kernels of the JVM do the work.
module dev.adjoint.onednn {
    requires transitive dev.adjoint.run;
    requires static org.jspecify;

    exports dev.adjoint.onednn;

    provides KernelProvider with
            OnednnKernels;
}

/// Benchmarks: what a training step takes, what the kernels take, and what the machine could do.
///
/// In comes the name of a workload and kernels, out goes a measurement.
module dev.adjoint.bench {
    requires transitive dev.adjoint.train;
    requires java.management;
    requires jdk.management;
    requires static org.jspecify;

    exports dev.adjoint.bench;

    // Tree walks the records of the workloads.
    opens dev.adjoint.bench to
            dev.adjoint.core;
}

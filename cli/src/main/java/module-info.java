/// The `adjoint` command. In come arguments, out go results on standard output, everything else on standard error, and
/// an exit code.
module dev.adjoint.cli {
    requires static org.jspecify;
    requires dev.adjoint.bench;
    requires dev.adjoint.data;
    requires dev.adjoint.draw;
    requires dev.adjoint.io;
    requires dev.adjoint.onednn;
    requires dev.adjoint.testkit;
    requires dev.adjoint.train;
    requires info.picocli;
    requires org.tomlj;
    requires tools.jackson.core;

    // picocli writes options into the fields of the commands.
    opens dev.adjoint.cli to
            info.picocli;
    // Tree walks the records that hold what a run is traced with.
    opens dev.adjoint.cli.training to
            dev.adjoint.core;
}

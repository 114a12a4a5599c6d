/// Lessons, each a single file that can be read from top to bottom and run.
module dev.adjoint.examples {
    requires static org.jspecify;
    requires dev.adjoint.draw;
    requires dev.adjoint.train;
}

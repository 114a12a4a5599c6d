/// Lessons, each a single file that can be read from top to bottom and run, and the pages of `docs/guide` quote them.
///
/// Needs nothing but `dev.adjoint.run`, not even annotations, so that the source launcher can run a lesson after a
/// build of `core` and `run` alone.
module dev.adjoint.examples {
    requires transitive dev.adjoint.run;

    exports dev.adjoint.examples;
}

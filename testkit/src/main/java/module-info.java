/// Checks that a user can run on their own operators: analytic gradients against finite differences, and the laws that
/// every operator obeys. In come operators and inputs, out go reports of the worst error.
module dev.adjoint.testkit {
    requires static org.jspecify;
    requires transitive dev.adjoint.core;
    requires transitive dev.adjoint.run;
}

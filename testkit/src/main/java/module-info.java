/// Checks that a user can run on their own functions and operators: analytic gradients against finite differences, and
/// the laws that every operator obeys. In come functions, operators and the points to test them at; out go reports of the
/// worst error, or an `AssertionError` that names the entry, the two numbers and the seed. Needs no test framework.
module dev.adjoint.testkit {
    requires static org.jspecify;
    requires transitive dev.adjoint.core;
    requires transitive dev.adjoint.run;

    exports dev.adjoint.testkit;
}

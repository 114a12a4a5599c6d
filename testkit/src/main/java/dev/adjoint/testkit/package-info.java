/// Checks that a user can run on their own operators: analytic gradients against finite differences, and the laws that
/// every operator obeys. In come operators and inputs, out go reports of the worst error.
@NullMarked
package dev.adjoint.testkit;

import org.jspecify.annotations.NullMarked;

/// Checks that a user can run on their own functions and operators. [dev.adjoint.testkit.GradientAssertions] compares the
/// gradients of a function with central differences, entry by entry; [dev.adjoint.testkit.OpLaws] runs the
/// [dev.adjoint.testkit.Law]s on an operator; [dev.adjoint.testkit.OpCheck] measures the derivatives of every operator.
/// In come functions, operators and samples; out go reports, or an `AssertionError` with the entry, both numbers and the
/// seed. Everything drawn at random follows from one key, so a failure repeats.
@NullMarked
package dev.adjoint.testkit;

import org.jspecify.annotations.NullMarked;

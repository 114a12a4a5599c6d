/// Formulas as people type them. In comes a text such as `(x+y)*z` with the values of its names; out goes a graph of f64
/// scalars, with every value, every gradient and, on request, the derivatives of higher order. The functions of the
/// language are the elementwise operators of the catalogue.
@NullMarked
package dev.adjoint.cli.expression;

import org.jspecify.annotations.NullMarked;

/// Operators. The sealed families say what an operator of theirs states (a formula, a transpose, an expansion) and derive
/// the rest: shape rule, forward mode, reverse mode, batching. In come operand types, or the tensors of a call; out come
/// result types, or the tensors of a rule. The operators themselves stand in one package per family, one record a file;
/// [dev.adjoint.op.Catalog] lists them. Together with `tensor` this is one layer: numbers know operators and operators
/// are written in numbers.
@NullMarked
package dev.adjoint.op;

import org.jspecify.annotations.NullMarked;

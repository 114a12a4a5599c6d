package dev.adjoint.cli.expression;

import dev.adjoint.op.Op;
import java.util.List;

/// What an expression is read as: a graph, a number, a text. The parser calls it from the inside out.
///
/// @param <E> what a part of the expression is in this reading
public interface Reading<E> {
    /// A number that stands in the text.
    E number(double value);

    /// A name at a column of the text, from 1; every occurrence is reported.
    E name(String name, int column);

    /// An operator with as many operands as it takes.
    E call(Op op, List<E> operands);
}

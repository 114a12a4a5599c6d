/// Operators made of others. Each states its expansion and, where it is better than the one that follows, its reverse rule.
@NullMarked
package dev.adjoint.op.composite;

import org.jspecify.annotations.NullMarked;

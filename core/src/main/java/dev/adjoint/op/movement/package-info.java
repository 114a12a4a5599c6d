/// Operators that only move elements. Each states where elements go and its transpose.
@NullMarked
package dev.adjoint.op.movement;

import org.jspecify.annotations.NullMarked;

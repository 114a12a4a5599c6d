/// Drawings of graphs, and charts. In come graphs and series of numbers, out go SVG, DOT, Mermaid and text.
@NullMarked
package dev.adjoint.draw;

import org.jspecify.annotations.NullMarked;

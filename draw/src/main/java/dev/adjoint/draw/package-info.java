/// Drawings of graphs, and charts.
///
/// In comes a graph of single numbers and out goes a circuit with every value and every gradient, as records
/// ([dev.adjoint.draw.Circuit]), text and SVG; in comes any tensor graph, or the course of a loss, and out goes an SVG.
/// What is shown is decided in `CircuitFigures` and `TensorFigures`, how it looks in `CircuitFigure` and
/// `TensorFigure`, where it goes in `layout`.
@NullMarked
package dev.adjoint.draw;

import org.jspecify.annotations.NullMarked;

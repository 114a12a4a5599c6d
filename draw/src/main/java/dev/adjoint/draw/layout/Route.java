package dev.adjoint.draw.layout;

import dev.adjoint.draw.svg.Point;
import java.util.List;

/// The course of a wire.
///
/// @param points where it starts, bends and ends
/// @param forks where it parts from other wires with the same start
public record Route(List<Point> points, List<Point> forks) {
    public Route {
        points = List.copyOf(points);
        forks = List.copyOf(forks);
    }
}

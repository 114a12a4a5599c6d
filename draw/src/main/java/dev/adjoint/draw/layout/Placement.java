package dev.adjoint.draw.layout;

import dev.adjoint.draw.svg.Point;
import java.util.List;

/// A finished layout.
///
/// @param size the lower right corner of the whole
/// @param corners the upper left corner of every box, in the order they were given
/// @param routes the course of every wire, in the order they were given
public record Placement(Point size, List<Point> corners, List<Route> routes) {
    public Placement {
        corners = List.copyOf(corners);
        routes = List.copyOf(routes);
    }
}

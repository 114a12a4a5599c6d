package dev.adjoint.draw.layout;

import dev.adjoint.draw.svg.Point;
import java.util.List;

/// Where wires end at a box and where they start, as points from its corner.
///
/// @param in the ends, on the side that the drawing comes from
/// @param out the starts, on the side that the drawing goes to
/// @param order whether every end has its own place
public record Docks(List<Point> in, List<Point> out, Order order) {
    /// Whether every end has its own place.
    public enum Order {
        /// The first wire ends at the first place.
        FIXED,
        /// Any wire ends at any place: whatever makes fewer crossings. The places are spread around the middle.
        ANY
    }

    public Docks {
        in = List.copyOf(in);
        out = List.copyOf(out);
    }
}

package dev.adjoint.draw;

import dev.adjoint.draw.layout.Route;
import dev.adjoint.draw.layout.Wire;
import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Draws wires with round corners and a dot where they fork.
final class WireDrawing {
    static final String COLOUR = "#57606a";
    private static final double CORNER = 7;
    private static final double DOT = 3;

    private record Start(int box, int out) {}

    private WireDrawing() {}

    /// All wires of one start become one path, so that what they share is painted once.
    static void draw(Svg svg, List<Wire> wires, List<Route> routes) {
        Map<Start, List<List<Point>>> courses = new LinkedHashMap<>();
        Set<Point> forks = new LinkedHashSet<>();
        for (int i = 0; i < wires.size(); i++) {
            Start start = new Start(wires.get(i).from(), wires.get(i).out());
            courses.computeIfAbsent(start, _ -> new ArrayList<>())
                    .add(routes.get(i).points());
            forks.addAll(routes.get(i).forks());
        }
        courses.values().forEach(paths -> svg.paths(paths, CORNER, COLOUR));
        forks.forEach(at -> svg.element("circle", "cx", at.x(), "cy", at.y(), "r", DOT, "fill", COLOUR));
    }
}

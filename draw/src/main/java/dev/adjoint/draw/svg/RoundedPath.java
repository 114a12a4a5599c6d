package dev.adjoint.draw.svg;

import java.util.List;

/// Lines through points as SVG path data.
public final class RoundedPath {
    private RoundedPath() {}

    /// Straight lines, the corners between them rounded.
    public static String through(List<Point> points, double radius) {
        StringBuilder course = new StringBuilder("M").append(at(points.getFirst()));
        for (int i = 1; i < points.size() - 1; i++) {
            Point corner = points.get(i);
            if (radius == 0) {
                course.append(" L").append(at(corner));
                continue;
            }
            Point before = towards(corner, points.get(i - 1), radius);
            Point after = towards(corner, points.get(i + 1), radius);
            course.append(" L")
                    .append(at(before))
                    .append(" Q")
                    .append(at(corner))
                    .append(' ')
                    .append(at(after));
        }
        return course.append(" L").append(at(points.getLast())).toString();
    }

    /// The point at a distance from the corner, at most half way to the other point.
    private static Point towards(Point corner, Point other, double distance) {
        double dx = other.x() - corner.x();
        double dy = other.y() - corner.y();
        double length = Math.hypot(dx, dy);
        double share = length == 0 ? 0 : Math.min(distance / length, 0.5);
        return corner.plus(dx * share, dy * share);
    }

    private static String at(Point point) {
        return NumberText.coordinate(point.x()) + " " + NumberText.coordinate(point.y());
    }
}

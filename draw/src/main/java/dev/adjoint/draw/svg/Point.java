package dev.adjoint.draw.svg;

/// A place: x to the right, y downwards, in pixels.
public record Point(double x, double y) {
    public Point plus(double dx, double dy) {
        return new Point(x + dx, y + dy);
    }

    public Point plus(Point other) {
        return plus(other.x, other.y);
    }
}

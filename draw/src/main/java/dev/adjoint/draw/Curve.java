package dev.adjoint.draw;

import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.RoundedPath;
import dev.adjoint.draw.svg.Svg;
import java.util.ArrayList;
import java.util.List;

/// One curve of a chart: pieces between gaps.
final class Curve {
    /// Up to this many points are marked with dots.
    private static final int DOTTED = 30;

    private final List<List<Point>> pieces = new ArrayList<>();
    private final int points;

    Curve(Frame frame, LossChart.Series series) {
        points = series.at().size();
        List<Point> piece = new ArrayList<>();
        for (int i = 0; i < points; i++) {
            Point place = frame.place(series.at().get(i), series.values().get(i));
            if (Double.isNaN(place.x()) || Double.isNaN(place.y())) {
                end(piece);
                piece = new ArrayList<>();
            } else {
                piece.add(place);
            }
        }
        end(piece);
    }

    private void end(List<Point> piece) {
        if (!piece.isEmpty()) {
            pieces.add(thinned(piece));
        }
    }

    /// The first, lowest, highest and last point of every run of points in one pixel column, in their order.
    private static List<Point> thinned(List<Point> piece) {
        List<Point> kept = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= piece.size(); i++) {
            if (i == piece.size()
                    || Math.floor(piece.get(i).x())
                            != Math.floor(piece.get(start).x())) {
                keep(piece.subList(start, i), kept);
                start = i;
            }
        }
        return kept;
    }

    private static void keep(List<Point> column, List<Point> kept) {
        int low = 0;
        int high = 0;
        for (int i = 0; i < column.size(); i++) {
            low = column.get(i).y() < column.get(low).y() ? i : low;
            high = column.get(i).y() > column.get(high).y() ? i : high;
        }
        int last = column.size() - 1;
        int[] chosen = {0, Math.min(low, high), Math.max(low, high), last};
        for (int i = 0; i < chosen.length; i++) {
            if (i == 0 || chosen[i] != chosen[i - 1]) {
                kept.add(column.get(chosen[i]));
            }
        }
    }

    void draw(Svg svg, SeriesColour colour) {
        for (List<Point> piece : pieces) {
            if (piece.size() > 1) {
                svg.element(
                        "path",
                        "d",
                        RoundedPath.through(piece, 0),
                        "fill",
                        "none",
                        "stroke",
                        colour.stroke(),
                        "stroke-width",
                        2,
                        "stroke-linejoin",
                        "round",
                        "stroke-dasharray",
                        colour.dashes());
            }
            if (piece.size() == 1 || points <= DOTTED) {
                piece.forEach(at -> svg.element("circle", "cx", at.x(), "cy", at.y(), "r", 3, "fill", colour.stroke()));
            }
        }
    }
}

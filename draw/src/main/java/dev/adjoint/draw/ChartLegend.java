package dev.adjoint.draw;

import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import dev.adjoint.draw.svg.TextStyle;
import java.util.ArrayList;
import java.util.List;

/// The names of curves beside a piece of their line, in as many rows as they need.
final class ChartLegend {
    private static final TextStyle NAME = TextStyle.start(12, "#1f2328");
    private static final double LINE = 22;
    private static final double GAP = 18;
    private static final double ROW = 19;
    private static final double WIDEST = 400;

    private final List<LossChart.Series> series;
    private final List<Point> places = new ArrayList<>();
    private int rows = 1;

    ChartLegend(List<LossChart.Series> series, double width) {
        this.series = series;
        double x = 0;
        for (LossChart.Series one : series) {
            double room = LINE + 6 + NAME.width(fitted(one)) + GAP;
            if (x > 0 && x + room > width) {
                x = 0;
                rows++;
            }
            places.add(new Point(x, (rows - 1) * ROW));
            x += room;
        }
    }

    private static String fitted(LossChart.Series series) {
        return NAME.fitted(series.name(), WIDEST);
    }

    double height() {
        return rows * ROW;
    }

    void draw(Svg svg, Point corner) {
        for (int i = 0; i < series.size(); i++) {
            Point at = corner.plus(places.get(i));
            SeriesColour colour = SeriesColour.of(i);
            svg.element(
                    "line",
                    "x1",
                    at.x(),
                    "y1",
                    at.y() - 4,
                    "x2",
                    at.x() + LINE,
                    "y2",
                    at.y() - 4,
                    "stroke",
                    colour.stroke(),
                    "stroke-width",
                    2,
                    "stroke-dasharray",
                    colour.dashes());
            svg.text(at.plus(LINE + 6, 0), fitted(series.get(i)), NAME);
        }
    }
}

package dev.adjoint.draw;

import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import dev.adjoint.draw.svg.TextStyle;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;

/// The plotting area of a chart: where numbers stand in pixels, the axes, the grid.
///
/// @param scale how numbers become heights
/// @param x the marks of the horizontal axis
/// @param y the marks of the vertical axis
/// @param left where the vertical axis stands
/// @param corner the lower right corner
/// @param isEmpty whether no point can be drawn
record Frame(Scale scale, Ticks x, Ticks y, double left, Point corner, boolean isEmpty) {
    private static final String GREY = "#57606a";
    private static final TextStyle Y_LABEL = TextStyle.end(11, GREY);
    private static final TextStyle X_LABEL = TextStyle.middle(11, GREY);

    /// Narrower ranges could not be labelled with eight digits.
    private static final double NARROWEST = 1e-5;

    private static final int MOST_X = 10;
    private static final int MOST_Y = 6;

    /// The frame that holds every point that can be drawn.
    static Frame around(Scale scale, List<LossChart.Series> series, Point corner) {
        var xs = new DoubleSummaryStatistics();
        var ys = new DoubleSummaryStatistics();
        for (LossChart.Series one : series) {
            IntStream.range(0, one.at().size()).forEach(i -> {
                double x = Scale.LINEAR.drawable(one.at().get(i));
                double y = scale.drawable(one.values().get(i));
                if (!Double.isNaN(x) && !Double.isNaN(y)) {
                    xs.accept(x);
                    ys.accept(y);
                }
            });
        }
        double[] x = range(Scale.LINEAR, xs);
        double[] y = range(scale, ys);
        Ticks vertical = scale == Scale.LINEAR ? Ticks.round(y[0], y[1], MOST_Y) : Ticks.powers(y[0], y[1], MOST_Y);
        double left = 16 + widest(vertical, Y_LABEL) + 8;
        Ticks horizontal = horizontal(x, most(series, x), corner.x() - left);
        return new Frame(scale, horizontal, vertical, left, corner, xs.getCount() == 0);
    }

    /// A range of more than nothing: around what is nearly a single number its neighbourhood, without numbers 0 to 1.
    private static double[] range(Scale scale, DoubleSummaryStatistics positions) {
        if (positions.getCount() == 0) {
            return new double[] {0, 1};
        }
        double low = positions.getMin();
        double high = positions.getMax();
        // A logarithm of 0.5 is already a factor of 3; a number's neighbourhood depends on its size.
        double size = Math.max(Math.abs(low), Math.abs(high));
        double around = scale == Scale.LOGARITHMIC || size == 0 ? 0.5 : size / 2;
        return high - low > NARROWEST * around ? new double[] {low, high} : new double[] {low - around, high + around};
    }

    /// Epochs and steps are whole numbers, and nothing lies between two of them.
    private static int most(List<LossChart.Series> series, double[] range) {
        boolean whole = series.stream().flatMap(one -> one.at().stream()).allMatch(at -> at == Math.rint(at));
        return whole ? (int) Math.clamp(range[1] - range[0], 1, MOST_X) : MOST_X;
    }

    /// As many marks as fit beside each other.
    private static Ticks horizontal(double[] range, int limit, double width) {
        int most = limit;
        Ticks ticks = Ticks.within(range[0], range[1], most);
        while (most > 1 && ticks.marks().size() * (widest(ticks, X_LABEL) + 14) > width) {
            most--;
            ticks = Ticks.within(range[0], range[1], most);
        }
        return ticks;
    }

    private static double widest(Ticks ticks, TextStyle style) {
        return ticks.marks().stream()
                .mapToDouble(mark -> style.width(mark.label()))
                .max()
                .orElse(0);
    }

    private double top() {
        return corner.y() - LossChart.plotHeight();
    }

    private double column(double position) {
        return left + (position - x.low()) / (x.high() - x.low()) * (corner.x() - left);
    }

    private double row(double position) {
        return corner.y() - (position - y.low()) / (y.high() - y.low()) * LossChart.plotHeight();
    }

    /// Where a point stands; NaN if it cannot be drawn.
    Point place(double at, double number) {
        return new Point(column(Scale.LINEAR.drawable(at)), row(scale.drawable(number)));
    }

    void draw(Svg svg) {
        for (Ticks.Mark mark : y.marks()) {
            double height = row(mark.position());
            line(svg, new Point(left, height), new Point(corner.x(), height), "#e3e7eb");
            svg.text(new Point(left - 8, height + 4), mark.label(), Y_LABEL);
        }
        for (Ticks.Mark mark : x.marks()) {
            double column = column(mark.position());
            line(svg, new Point(column, top()), new Point(column, corner.y() + 4), "#e3e7eb");
            svg.text(new Point(column, corner.y() + 18), mark.label(), X_LABEL);
        }
        line(svg, new Point(left, top()), new Point(left, corner.y()), GREY);
        line(svg, new Point(left, corner.y()), corner, GREY);
    }

    private static void line(Svg svg, Point from, Point to, String stroke) {
        svg.element(
                "line",
                "x1",
                from.x(),
                "y1",
                from.y(),
                "x2",
                to.x(),
                "y2",
                to.y(),
                "stroke",
                stroke,
                "stroke-width",
                1);
    }
}

package dev.adjoint.draw;

import dev.adjoint.draw.svg.NumberText;
import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import dev.adjoint.draw.svg.TextStyle;
import dev.adjoint.tensor.InvalidArgument;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Curves over steps or epochs, as a self-contained SVG document: loss, accuracy, learning rate.
///
/// {@snippet :
/// LossChart chart = new LossChart("Training", "epoch", "loss", Scale.LOGARITHMIC);
/// String svg = chart.draw(List.of(LossChart.Series.of("train loss", epochs, trainLosses)));
/// }
///
/// A schedule is drawn from its first rates:
///
/// {@snippet :
/// double[] rates = Schedule.cosine(1e-3, 900).warmUp(100).values(1000);
/// LossChart chart = new LossChart("Learning rate", "step", "rate", Scale.LINEAR);
/// String svg = chart.draw(List.of(LossChart.Series.of("cosine", rates)));
/// }
///
/// NaN, infinities and, on a logarithmic scale, numbers that are not positive leave gaps; a point between two gaps is
/// drawn as a dot. Long series keep the lowest and the highest point of every pixel column.
///
/// @param title what is drawn
/// @param steps what the horizontal axis counts, for instance `epoch`
/// @param quantity what the vertical axis measures, for instance `loss`
/// @param scale how numbers become heights
public record LossChart(String title, String steps, String quantity, Scale scale) {
    private static final String INK = "#1f2328";
    private static final String GREY = "#57606a";
    private static final TextStyle TITLE = TextStyle.start(15, INK);
    private static final TextStyle LABEL = TextStyle.start(12, GREY);
    private static final double WIDTH = 720;
    private static final double BELOW = 48;
    private static final double PLOT_HEIGHT = 300;
    private static final double RIGHT = 24;

    /// A named curve through the points (step, value).
    ///
    /// @param name what the legend says
    /// @param at the steps or epochs
    /// @param values the numbers at these
    public record Series(String name, List<Double> at, List<Double> values) {
        /// @throws InvalidArgument if there are not as many numbers as steps
        public Series {
            at = List.copyOf(at);
            values = List.copyOf(values);
            if (at.size() != values.size()) {
                throw new InvalidArgument("series '" + name + "' has " + values.size() + " numbers at " + at.size()
                        + " steps; it needs as many of both");
            }
        }

        public static Series of(String name, double[] at, double[] values) {
            return new Series(
                    name,
                    Arrays.stream(at).boxed().toList(),
                    Arrays.stream(values).boxed().toList());
        }

        /// A curve through numbers at the steps 0, 1, 2, …, such as the rates of a schedule.
        public static Series of(String name, double[] values) {
            return of(name, IntStream.range(0, values.length).asDoubleStream().toArray(), values);
        }
    }

    /// The chart of some curves.
    public String draw(List<Series> series) {
        var legend = new ChartLegend(series, WIDTH - RIGHT);
        double top = 34 + legend.height() + 26;
        Frame frame = Frame.around(scale, series, new Point(WIDTH - RIGHT, top + PLOT_HEIGHT));
        Svg svg = new Svg(new Point(WIDTH, top + PLOT_HEIGHT + BELOW), title, description(series));
        svg.text(new Point(16, 24), TITLE.fitted(title, WIDTH - 32), TITLE);
        legend.draw(svg, new Point(16, 46));
        svg.text(new Point(16, top - 14), quantity, LABEL);
        frame.draw(svg);
        double middle = (frame.left() + WIDTH - RIGHT) / 2;
        svg.text(new Point(middle, top + PLOT_HEIGHT + 38), steps, TextStyle.middle(12, GREY));
        for (int i = 0; i < series.size(); i++) {
            new Curve(frame, series.get(i)).draw(svg, SeriesColour.of(i));
        }
        if (frame.isEmpty()) {
            svg.text(new Point(middle, top + PLOT_HEIGHT / 2), "no numbers to draw", TextStyle.middle(13, GREY));
        }
        return svg.document();
    }

    private String description(List<Series> series) {
        StringBuilder words = new StringBuilder(quantity + " over " + steps);
        for (Series one : series) {
            words.append("; ").append(one.name());
            if (!one.values().isEmpty()) {
                words.append(" ends at ")
                        .append(NumberText.significant(one.values().getLast(), 4));
            }
        }
        return words.toString();
    }

    /// How high the plotting area is.
    static double plotHeight() {
        return PLOT_HEIGHT;
    }
}

package dev.adjoint.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.draw.LossChart.Series;
import dev.adjoint.draw.svg.Point;
import dev.adjoint.tensor.InvalidArgument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LossChartTest {
    private static final String BLUE = "#0072b2";

    private static Series series(String name, double... values) {
        return Series.of(
                name, IntStream.rangeClosed(1, values.length).asDoubleStream().toArray(), values);
    }

    private static String chart(Scale scale, Series... series) {
        return new LossChart("Loss", "epoch", "loss", scale).draw(Arrays.asList(series));
    }

    private static List<String> words(String svg) {
        return Picture.of(svg).words().stream().map(Picture.Words::text).toList();
    }

    private static List<List<Point>> curves(String svg) {
        return Picture.elements(Picture.parse(svg), "path")
                .map(path -> path.getAttribute("d"))
                .flatMap(data -> Picture.strokes(data).stream())
                .toList();
    }

    private static long dots(String svg) {
        return Picture.elements(Picture.parse(svg), "circle").count();
    }

    @Test
    void titleLabelsLegendAndRoundTicks() {
        String svg = chart(
                Scale.LINEAR, series("train loss", 2.3, 1.1, 0.6, 0.4), series("test <loss>", 2.2, 1.2, 0.7, 0.5));
        assertThat(words(svg))
                .contains("Loss", "epoch", "loss", "train loss", "test <loss>")
                .contains("0", "0.5", "1", "1.5", "2", "2.5", "3", "4");
        Legibility.checkWords("two curves", svg);
    }

    /// Equal steps are equally far apart, and a value half way between two others is drawn half way.
    @Test
    void aLinearScaleKeepsDifferences() {
        List<Point> line = curves(chart(Scale.LINEAR, series("a", 1, 2, 3))).getFirst();
        assertThat(line).hasSize(3);
        assertThat(line.get(1).x() - line.get(0).x())
                .isEqualTo(line.get(2).x() - line.get(1).x(), offset());
        assertThat(line.get(1).y() - line.get(0).y())
                .isEqualTo(line.get(2).y() - line.get(1).y(), offset());
        assertThat(line.get(2).y()).isLessThan(line.get(0).y());
    }

    @Test
    void aLogarithmicScaleKeepsRatios() {
        List<Point> line =
                curves(chart(Scale.LOGARITHMIC, series("a", 0.01, 1, 100))).getFirst();
        assertThat(line.get(1).y() - line.get(0).y())
                .isEqualTo(line.get(2).y() - line.get(1).y(), offset());
        assertThat(words(chart(Scale.LOGARITHMIC, series("a", 0.01, 1, 100))))
                .contains("0.01", "0.1", "1", "10", "100");
    }

    @Test
    void nothingIsMarkedBetweenTwoEpochs() {
        assertThat(words(chart(Scale.LINEAR, series("a", 10, 20, 30))))
                .contains("1", "2", "3")
                .noneMatch(word -> word.contains("."));
    }

    private static org.assertj.core.data.Offset<Double> offset() {
        return org.assertj.core.data.Offset.offset(0.02);
    }

    @Test
    void numbersWithoutAPlaceLeaveGaps() {
        String svg = chart(
                Scale.LINEAR,
                series("a", 1, 2, Double.NaN, 3, Double.POSITIVE_INFINITY, 2, 1, Double.NEGATIVE_INFINITY));
        assertThat(curves(svg)).extracting(List::size).containsExactly(2, 2);
        assertThat(dots(svg)).isEqualTo(5);
        assertThat(curves(chart(Scale.LOGARITHMIC, series("a", 1, 2, 0, 3, 4, -1))))
                .extracting(List::size)
                .containsExactly(2, 2);
    }

    @ParameterizedTest
    @EnumSource(Scale.class)
    void extremeDataStaysInsideTheCanvas(Scale scale) {
        List<Series> all = List.of(
                series("one point", 0.25),
                series("constant", 3, 3, 3),
                series("zero", 0, 0),
                series("tiny", 1e-300, 2e-300, 5e-300),
                series("huge", 1e299, 3e299, -1e299),
                series("too large", Double.MAX_VALUE, -Double.MAX_VALUE, 1),
                series("almost constant", 1, Math.nextUp(1.0), 1),
                series("denormal", Double.MIN_VALUE, 2 * Double.MIN_VALUE),
                series("wide", 1e-12, 1e12),
                series("negative", -5, -3, -4),
                series("narrow", 2.1, 3.3, 4.9),
                series("nothing"),
                series("no numbers", Double.NaN, Double.NaN));
        for (Series one : all) {
            String svg = chart(scale, one);
            Legibility.checkWords(one.name(), svg);
            assertThat(svg).as(one.name()).doesNotContain("=\"NaN", "=\"Infinity", "=\"-Infinity");
            for (List<Point> curve : curves(svg)) {
                assertThat(curve)
                        .as(one.name())
                        .allMatch(p -> p.x() >= 0 && p.x() <= 720 && p.y() >= 0 && p.y() <= 480);
            }
        }
        assertThat(words(chart(scale, series("no numbers", Double.NaN)))).contains("no numbers to draw");
        assertThat(dots(chart(Scale.LINEAR, series("one point", 0.25)))).isEqualTo(1);
    }

    @Test
    void randomRangesHaveSeparateLabels() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            double[] at = {0, random.nextDouble() * Math.pow(10, random.nextInt(9))};
            double size = Math.pow(10, random.nextInt(24) - 12);
            double[] values = {random.nextDouble() * size, random.nextDouble() * Math.pow(10, random.nextInt(9)) * size
            };
            for (Scale scale : Scale.values()) {
                Legibility.checkWords("seed " + seed, chart(scale, Series.of("a", at, values)));
            }
        }
    }

    @Test
    void aLongSeriesKeepsItsExtremes() {
        Random random = new Random(3);
        double[] values = random.doubles(100_000, 0.4, 0.6).toArray();
        values[77_777] = 1;
        values[33_333] = 0;
        String svg = chart(Scale.LINEAR, series("noise", values));
        List<Point> curve = curves(svg).getFirst();
        assertThat(curve).hasSizeLessThan(4 * 720);
        double height = curve.stream().mapToDouble(Point::y).max().orElseThrow()
                - curve.stream().mapToDouble(Point::y).min().orElseThrow();
        assertThat(height).isEqualTo(300, offset());
    }

    @Test
    void manyLongNamesGetRowsOfTheirOwn() {
        List<Series> many = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            many.add(series("a model with quite a long name, number " + i + " W".repeat(i * 4), i, i + 1));
        }
        String svg = new LossChart("T".repeat(300), "step", "loss", Scale.LINEAR).draw(many);
        Legibility.checkWords("many", svg);
        assertThat(svg).contains(BLUE, "stroke-dasharray=\"6 3\"");
    }

    @Test
    void numbersAloneStandAtStepsFromZero() {
        assertThat(Series.of("rate", new double[] {3, 2, 1}))
                .isEqualTo(Series.of("rate", new double[] {0, 1, 2}, new double[] {3, 2, 1}));
    }

    @Test
    void asManyNumbersAsSteps() {
        assertThatThrownBy(() -> Series.of("a", new double[] {1, 2}, new double[] {1}))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("series 'a' has 1 numbers at 2 steps; it needs as many of both");
    }

    @Test
    void theSameNumbersGiveTheSameBytes() {
        assertThat(chart(Scale.LINEAR, series("a", 1, 2))).isEqualTo(chart(Scale.LINEAR, series("a", 1, 2)));
    }
}

package dev.adjoint.draw;

import dev.adjoint.draw.layout.Box;
import dev.adjoint.draw.layout.Docks;
import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import dev.adjoint.draw.svg.TextStyle;
import dev.adjoint.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// One thing in the picture of a tensor graph: a box with an operator or a name, and below it the beginnings of its
/// wires with the types of its results. Layout sees all of it as one box, so words cannot meet anything else.
///
/// @param kind what it is
/// @param title the first line in the box
/// @param detail the second line in the box, or nothing
/// @param operands the values whose wires end at the box
/// @param results the beginnings of wires
record TensorFigure(Kind kind, String title, String detail, List<Value> operands, List<Result> results) {
    static final String KEPT = "#6639a6";
    private static final String INK = "#1f2328";
    private static final TextStyle TITLE = TextStyle.middle(13, INK);
    private static final TextStyle DETAIL = TextStyle.middle(11, "#57606a");
    private static final TextStyle TYPE = TextStyle.start(11, INK);
    private static final TextStyle MARK = TextStyle.start(11, KEPT);
    private static final double LINE = 14;
    private static final double BESIDE = 7;
    private static final double DOCK_GAP = 14;

    /// What a box stands for.
    enum Kind {
        INPUT("#dceefb", "#24507f", 13),
        PARAMETER("#fff1cc", "#9a6700", 13),
        OPERATOR("#f3f5f8", "#57606a", 5),
        OUTPUT("#dafbe1", "#116329", 13);

        final String fill;
        final String stroke;
        final double corner;

        Kind(String fill, String stroke, double corner) {
            this.fill = fill;
            this.stroke = stroke;
            this.corner = corner;
        }
    }

    /// The beginning of a wire.
    ///
    /// @param value the result that runs in it
    /// @param type its type
    /// @param mark what is kept of it for the backward pass, or nothing
    record Result(Value value, String type, String mark) {
        double width() {
            return BESIDE + Math.max(TYPE.width(type), mark.isEmpty() ? 0 : BESIDE + 4 + MARK.width(mark)) + BESIDE;
        }

        double height() {
            return (mark.isEmpty() ? 1 : 2) * LINE + 4;
        }
    }

    private double boxWidth() {
        double words = Math.max(TITLE.width(title), DETAIL.width(detail)) + 24;
        double docks = (operands.size() + 1) * DOCK_GAP;
        double several = results.size() < 2
                ? 0
                : results.stream().mapToDouble(Result::width).sum();
        return Math.max(Math.max(words, docks), several);
    }

    private double boxHeight() {
        return detail.isEmpty() ? 26 : 40;
    }

    /// From left to right, where the wires of the results begin: a single one under the middle.
    private List<Double> starts() {
        if (results.size() == 1) {
            return List.of(boxWidth() / 2);
        }
        List<Double> starts = new ArrayList<>();
        double x = BESIDE;
        for (Result result : results) {
            starts.add(x);
            x += result.width();
        }
        return starts;
    }

    Box box() {
        double width = boxWidth();
        List<Point> in = IntStream.range(0, operands.size())
                .mapToObj(i -> new Point(width * (i + 1) / (operands.size() + 1), 0))
                .toList();
        double height =
                boxHeight() + results.stream().mapToDouble(Result::height).max().orElse(0);
        double right = width;
        List<Point> out = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
            out.add(new Point(starts().get(i), height));
            right = Math.max(right, starts().get(i) + results.get(i).width());
        }
        return new Box(new Point(right, height), new Docks(in, out, Docks.Order.FIXED), Box.Rank.FREE);
    }

    void draw(Svg svg, Point corner) {
        double width = boxWidth();
        svg.element(
                "rect",
                "x",
                corner.x(),
                "y",
                corner.y(),
                "width",
                width,
                "height",
                boxHeight(),
                "rx",
                kind.corner,
                "fill",
                kind.fill,
                "stroke",
                kind.stroke,
                "stroke-width",
                1.2);
        svg.text(corner.plus(width / 2, 18), title, TITLE);
        if (!detail.isEmpty()) {
            svg.text(corner.plus(width / 2, 33), detail, DETAIL);
        }
        double height = box().size().y();
        for (int i = 0; i < results.size(); i++) {
            Point below = corner.plus(starts().get(i), boxHeight());
            svg.path(List.of(below, corner.plus(starts().get(i), height)), 0, WireDrawing.COLOUR);
            drawWords(svg, below.plus(BESIDE, LINE), results.get(i));
        }
    }

    private static void drawWords(Svg svg, Point at, Result result) {
        svg.text(at, result.type(), TYPE);
        if (!result.mark().isEmpty()) {
            drawMark(svg, at.plus(0, LINE), result.mark());
        }
    }

    /// A small square and words.
    static void drawMark(Svg svg, Point at, String words) {
        svg.element("rect", "x", at.x(), "y", at.y() - 8, "width", 8, "height", 8, "fill", KEPT);
        svg.text(at.plus(BESIDE + 4, 0), words, MARK);
    }
}

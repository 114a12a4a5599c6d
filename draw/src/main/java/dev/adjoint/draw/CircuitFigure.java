package dev.adjoint.draw;

import dev.adjoint.draw.layout.Box;
import dev.adjoint.draw.layout.Docks;
import dev.adjoint.draw.svg.NumberText;
import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import dev.adjoint.draw.svg.TextStyle;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// One thing in the picture of a circuit: a name, a small number or a gate, with the beginning of its wire on which
/// value and gradient stand. Layout sees all of it as one box, so words cannot meet anything else.
///
/// @param node what is drawn
/// @param sign the words of the name, number or gate
/// @param operands the ids of the operands that have wires; a constant may be part of the sign instead
/// @param room how wide its parts are
record CircuitFigure(Circuit.Node node, String sign, List<Integer> operands, Room room) {
    static final String VALUE = "#116329";
    static final String GRADIENT = "#cf222e";
    static final TextStyle NAME = TextStyle.end(16, "#1f2328");
    private static final TextStyle NUMBER = TextStyle.end(12, WireDrawing.COLOUR);
    private static final TextStyle GATE = TextStyle.middle(14, "#1f2328");
    private static final double RADIUS = 20;
    private static final double MIDDLE = 22;
    private static final double BETWEEN_OPERANDS = 16;
    private static final double BESIDE = 7;

    /// Widths in pixels from left to right.
    ///
    /// @param sign the name, number or gate
    /// @param wire the beginning of the wire with what stands on it
    /// @param arrow the head of the output's wire, else 0
    record Room(double sign, double wire, double arrow) {
        private static final double ARROW = 18;

        /// The room of a node; all inputs are as wide as the widest, so that their wires begin and end on one line.
        static Room of(Circuit circuit, Circuit.Node node, String sign) {
            boolean output = node.id() == circuit.output();
            double arrow = output ? ARROW : 0;
            if (node.isConstant()) {
                return new Room(NUMBER.width(sign) + BESIDE, output ? words(node) : BESIDE, arrow);
            }
            return node.isInput()
                    ? new Room(
                            widest(circuit, n -> NAME.width(n.label())) + BESIDE, widest(circuit, Room::words), arrow)
                    : new Room(Math.max(2 * RADIUS, GATE.width(sign) + RADIUS), words(node), arrow);
        }

        private static double words(Circuit.Node node) {
            return 2 * BESIDE
                    + Math.max(
                            onWire(VALUE).width(value(node)), onWire(GRADIENT).width(gradient(node)));
        }

        private static double widest(Circuit circuit, ToDoubleFunction<Circuit.Node> width) {
            return circuit.nodes().stream()
                    .filter(Circuit.Node::isInput)
                    .mapToDouble(width)
                    .max()
                    .orElse(0);
        }

        double all() {
            return sign + wire + arrow;
        }
    }

    private static TextStyle onWire(String colour) {
        return TextStyle.middle(13, colour);
    }

    private static String value(Circuit.Node node) {
        return NumberText.twoDecimals(node.value());
    }

    private static String gradient(Circuit.Node node) {
        return NumberText.twoDecimals(node.gradient());
    }

    private boolean isGate() {
        return !node.isInput() && !node.isConstant();
    }

    Box box() {
        Docks.Order order =
                operands.size() > 1 && Notation.isCommutative(node.operator()) ? Docks.Order.ANY : Docks.Order.FIXED;
        List<Point> in = IntStream.range(0, operands.size())
                .mapToObj(i -> new Point(0, MIDDLE + (i - (operands.size() - 1) / 2.0) * BETWEEN_OPERANDS))
                .toList();
        Docks docks = new Docks(in, List.of(new Point(room.all(), MIDDLE)), order);
        return new Box(new Point(room.all(), 2 * MIDDLE), docks, node.isInput() ? Box.Rank.FIRST : Box.Rank.FREE);
    }

    /// Where a wire that docks at a place meets the round border.
    Point meet(Point dock, Point corner) {
        double above = Math.min(RADIUS, Math.abs(dock.y() - corner.y() - MIDDLE));
        return dock.plus(RADIUS - Math.sqrt(RADIUS * RADIUS - above * above), 0);
    }

    void draw(Svg svg, Point corner) {
        svg.group(tooltip());
        Point middle = corner.plus(0, MIDDLE);
        drawWire(svg, middle);
        if (isGate()) {
            drawGate(svg, middle);
        } else {
            TextStyle style = node.isInput() ? NAME : NUMBER;
            svg.text(middle.plus(room.sign - BESIDE, style.size() * 0.35), sign, style);
        }
        svg.close();
    }

    private String tooltip() {
        String numbers = "value " + NumberText.significant(node.value(), 10);
        String name = isGate() ? node.operator() : node.label();
        return name + ": " + numbers
                + (node.isConstant() ? "" : ", gradient " + NumberText.significant(node.gradient(), 10));
    }

    private void drawWire(Svg svg, Point middle) {
        svg.path(
                List.of(middle.plus(room.sign, 0), middle.plus(room.all() - room.arrow / 2, 0)), 0, WireDrawing.COLOUR);
        if (room.arrow > 0) {
            svg.arrowHead(middle.plus(room.all(), 0), WireDrawing.COLOUR);
        }
        if (room.wire > BESIDE) {
            Point above = middle.plus(room.sign + room.wire / 2, -5);
            svg.text(above, value(node), onWire(VALUE)).text(above.plus(0, 20), gradient(node), onWire(GRADIENT));
        }
    }

    private void drawGate(Svg svg, Point middle) {
        svg.element(
                "rect",
                "x",
                middle.x(),
                "y",
                middle.y() - RADIUS,
                "width",
                room.sign,
                "height",
                2 * RADIUS,
                "rx",
                RADIUS,
                "fill",
                "#eef4fb",
                "stroke",
                "#24507f",
                "stroke-width",
                1.4);
        svg.text(middle.plus(room.sign / 2, GATE.size() * 0.35), sign, GATE);
    }
}

package dev.adjoint.draw;

import dev.adjoint.draw.layout.Box;
import dev.adjoint.draw.layout.LayeredLayout;
import dev.adjoint.draw.layout.Placement;
import dev.adjoint.draw.layout.Route;
import dev.adjoint.draw.layout.Wire;
import dev.adjoint.draw.svg.NumberText;
import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import dev.adjoint.draw.svg.TextStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A circuit as a picture in the manner of the CS231n course notes (Stanford, "Backpropagation, intuitions").
///
/// Left to right: names of the inputs, round gates with their signs, and the output's wire. At the start of every wire
/// stands the value in green above it and the gradient in red below it; a value that is used more than once has one
/// start and forks behind it. For gates whose operands may not change places the upper wire is the first operand.
public final class CircuitSvg {
    private static final double LAYER_GAP = 26;
    private static final double LEGEND = 30;

    private final Circuit circuit;
    private final List<CircuitFigure> figures;
    private final Map<Integer, Integer> places = new HashMap<>();
    private final List<Wire> wires = new ArrayList<>();

    private CircuitSvg(Circuit circuit) {
        this.circuit = circuit;
        this.figures = new CircuitFigures(circuit).list();
        for (CircuitFigure figure : figures) {
            places.put(figure.node().id(), places.size());
        }
        for (CircuitFigure figure : figures) {
            for (int i = 0; i < figure.operands().size(); i++) {
                wires.add(new Wire(
                        place(figure.operands().get(i)), 0, place(figure.node().id()), i));
            }
        }
    }

    private int place(int id) {
        return places.getOrDefault(id, 0);
    }

    /// The picture as a self-contained SVG document.
    public static String draw(Circuit circuit) {
        return new CircuitSvg(circuit).document();
    }

    private String document() {
        List<Box> boxes = figures.stream().map(CircuitFigure::box).toList();
        Placement placement = LayeredLayout.of(LayeredLayout.Flow.RIGHT, LAYER_GAP, boxes, wires);
        Point size = new Point(
                Math.max(placement.size().x(), Legend.WIDTH), placement.size().y() + LEGEND);
        Svg svg = new Svg(size, "Circuit", description());
        List<Route> routes = IntStream.range(0, wires.size())
                .mapToObj(i -> toBorder(placement, i))
                .toList();
        WireDrawing.draw(svg, wires, routes);
        for (int i = 0; i < figures.size(); i++) {
            figures.get(i).draw(svg, placement.corners().get(i));
        }
        Legend.draw(svg, new Point(16, size.y() - 12));
        return svg.document();
    }

    /// A gate is round, so a wire that docks off its middle runs on until it meets the border.
    private Route toBorder(Placement placement, int wire) {
        int target = wires.get(wire).to();
        Route route = placement.routes().get(wire);
        List<Point> points = new ArrayList<>(route.points());
        Point corner = placement.corners().get(target);
        points.set(points.size() - 1, figures.get(target).meet(points.getLast(), corner));
        return new Route(points, route.forks());
    }

    private String description() {
        StringBuilder words = new StringBuilder("Output ").append(NumberText.twoDecimals(circuit.value()));
        for (Circuit.Node node : circuit.nodes()) {
            if (node.isInput()) {
                words.append("; ").append(node.label()).append(" = ").append(NumberText.twoDecimals(node.value()));
                words.append(", gradient ").append(NumberText.twoDecimals(node.gradient()));
            }
        }
        return words.toString();
    }

    /// What the colours mean.
    private static final class Legend {
        static final double WIDTH = 380;

        static void draw(Svg svg, Point at) {
            svg.text(at, "green: value", TextStyle.start(11, CircuitFigure.VALUE));
            svg.text(
                    at.plus(80, 0),
                    "red: gradient of the output by this value",
                    TextStyle.start(11, CircuitFigure.GRADIENT));
        }
    }
}

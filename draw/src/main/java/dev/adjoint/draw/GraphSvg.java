package dev.adjoint.draw;

import dev.adjoint.draw.layout.LayeredLayout;
import dev.adjoint.draw.layout.Placement;
import dev.adjoint.draw.layout.Wire;
import dev.adjoint.draw.svg.NumberText;
import dev.adjoint.draw.svg.Point;
import dev.adjoint.draw.svg.Svg;
import dev.adjoint.draw.svg.TextStyle;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.transform.KeptForBackward;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A tensor graph as a picture, from top to bottom: operators with their attributes, element types and shapes at the
/// wires, parameters marked among the inputs, and, if asked for, what a training step keeps for the backward pass.
///
/// Constants are words inside the operator that uses them.
public final class GraphSvg {
    private static final double LAYER_GAP = 22;
    private static final double LEGEND = 34;

    private final Graph graph;
    private final List<KeptForBackward> kept;
    private final List<TensorFigure> figures;
    private final List<Wire> wires = new ArrayList<>();

    private GraphSvg(Graph graph, Set<String> parameters, List<KeptForBackward> kept) {
        this.graph = graph;
        this.kept = kept;
        this.figures = new TensorFigures(graph, parameters, kept).list();
        Map<Value, Integer> boxes = new HashMap<>();
        Map<Value, Integer> starts = new HashMap<>();
        for (int box = 0; box < figures.size(); box++) {
            List<TensorFigure.Result> results = figures.get(box).results();
            for (int i = 0; i < results.size(); i++) {
                boxes.put(results.get(i).value(), box);
                starts.put(results.get(i).value(), i);
            }
        }
        for (int box = 0; box < figures.size(); box++) {
            List<Value> operands = figures.get(box).operands();
            for (int i = 0; i < operands.size(); i++) {
                Value operand = operands.get(i);
                wires.add(new Wire(boxes.getOrDefault(operand, 0), starts.getOrDefault(operand, 0), box, i));
            }
        }
    }

    /// The picture of any graph, as a self-contained SVG document.
    public static String draw(Graph graph) {
        return new GraphSvg(graph, Set.of(), List.of()).document();
    }

    /// The picture of a forward graph that will be trained: parameters are marked, and so is what is kept for the
    /// backward pass, with its bytes.
    ///
    /// @param graph the forward graph, for instance of a loss
    /// @param parameters the labels of the inputs that are parameters
    public static String draw(Graph graph, Set<String> parameters) {
        return new GraphSvg(graph, parameters, KeptForBackward.of(graph)).document();
    }

    private String document() {
        Placement placement = LayeredLayout.of(
                LayeredLayout.Flow.DOWN,
                LAYER_GAP,
                figures.stream().map(TensorFigure::box).toList(),
                wires);
        String legend = legend();
        double legendWidth = TextStyle.start(11, "").width(legend) + 48;
        boolean hasLegend = !kept.isEmpty();
        Point size = placement.size();
        Svg svg = new Svg(
                new Point(Math.max(size.x(), hasLegend ? legendWidth : 0), size.y() + (hasLegend ? LEGEND : 0)),
                "Graph",
                description());
        WireDrawing.draw(svg, wires, placement.routes());
        for (int i = 0; i < figures.size(); i++) {
            figures.get(i).draw(svg, placement.corners().get(i));
        }
        if (hasLegend) {
            TensorFigure.drawMark(svg, new Point(16, size.y() + LEGEND - 16), legend);
        }
        return svg.document();
    }

    private String legend() {
        long results = kept.stream().filter(k -> !k.isArgument()).count();
        return "kept for the backward pass: " + results + (results == 1 ? " value, " : " values, ")
                + NumberText.bytes(KeptForBackward.bytes(kept));
    }

    private String description() {
        long calls = figures.stream()
                .filter(f -> f.kind() == TensorFigure.Kind.OPERATOR)
                .count();
        return graph.inputs().size() + " inputs, " + calls + " operators, "
                + graph.outputs().size() + " outputs";
    }
}

package dev.adjoint.draw.layout;

import dev.adjoint.draw.svg.Point;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.elk.alg.layered.LayeredLayoutProvider;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.math.KVector;
import org.eclipse.elk.core.math.KVectorChain;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.options.PortAlignment;
import org.eclipse.elk.core.options.PortConstraints;
import org.eclipse.elk.core.options.PortSide;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.ElkPort;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/// Boxes in layers, wires at right angles: the method of Sugiyama, Tagawa and Toda as Eclipse ELK implements it.
///
/// The same boxes and wires always give the same places: ELK's random numbers are seeded.
public final class LayeredLayout {
    /// Where the drawing goes.
    public enum Flow {
        RIGHT,
        DOWN
    }

    private static final double MARGIN = 16;
    private static final double BETWEEN_DOCKS = 16;

    static {
        // ELK looks its options up in this registry; without them it falls back to none and fails.
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    private final Flow flow;
    private final ElkNode root = ElkGraphUtil.createGraph();
    private final List<ElkNode> nodes = new ArrayList<>();
    private final List<List<ElkPort>> starts = new ArrayList<>();
    private final List<List<ElkPort>> ends = new ArrayList<>();

    private LayeredLayout(Flow flow) {
        this.flow = flow;
    }

    /// Places boxes and routes wires.
    ///
    /// @param flow where the drawing goes
    /// @param layerGap the free room between two layers, at least
    /// @param boxes the boxes
    /// @param wires the wires; they make no cycle
    public static Placement of(Flow flow, double layerGap, List<Box> boxes, List<Wire> wires) {
        LayeredLayout layout = new LayeredLayout(flow);
        layout.configure(layerGap);
        boxes.forEach(layout::add);
        List<ElkEdge> edges = wires.stream().map(layout::connect).toList();
        new LayeredLayoutProvider().layout(layout.root, new BasicProgressMonitor());
        return new Placement(
                new Point(layout.root.getWidth(), layout.root.getHeight()),
                layout.nodes.stream().map(n -> new Point(n.getX(), n.getY())).toList(),
                edges.stream().map(LayeredLayout::route).toList());
    }

    private void configure(double layerGap) {
        root.setProperty(CoreOptions.DIRECTION, flow == Flow.RIGHT ? Direction.RIGHT : Direction.DOWN);
        root.setProperty(CoreOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        root.setProperty(CoreOptions.PADDING, new ElkPadding(MARGIN));
        root.setProperty(CoreOptions.SEPARATE_CONNECTED_COMPONENTS, false);
        root.setProperty(CoreOptions.RANDOM_SEED, 1);
        root.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_NODES);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, layerGap);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 12.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 10.0);
        root.setProperty(LayeredOptions.SPACING_NODE_NODE, 16.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_NODE, 12.0);
        root.setProperty(LayeredOptions.SPACING_EDGE_EDGE, 12.0);
    }

    private void add(Box box) {
        ElkNode node = ElkGraphUtil.createNode(root);
        node.setDimensions(box.size().x(), box.size().y());
        boolean fixed = box.docks().order() == Docks.Order.FIXED;
        node.setProperty(CoreOptions.PORT_CONSTRAINTS, fixed ? PortConstraints.FIXED_POS : PortConstraints.FIXED_SIDE);
        node.setProperty(CoreOptions.PORT_ALIGNMENT_DEFAULT, PortAlignment.CENTER);
        node.setProperty(CoreOptions.SPACING_PORT_PORT, BETWEEN_DOCKS);
        switch (box.rank()) {
            case FIRST -> node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.FIRST);
            case LAST -> node.setProperty(LayeredOptions.LAYERING_LAYER_CONSTRAINT, LayerConstraint.LAST);
            case FREE -> {}
        }
        nodes.add(node);
        ends.add(ports(node, box.docks().in(), flow == Flow.RIGHT ? PortSide.WEST : PortSide.NORTH));
        starts.add(ports(node, box.docks().out(), flow == Flow.RIGHT ? PortSide.EAST : PortSide.SOUTH));
    }

    private static List<ElkPort> ports(ElkNode node, List<Point> places, PortSide side) {
        List<ElkPort> ports = new ArrayList<>();
        for (Point place : places) {
            ElkPort port = ElkGraphUtil.createPort(node);
            port.setLocation(place.x(), place.y());
            port.setProperty(CoreOptions.PORT_SIDE, side);
            ports.add(port);
        }
        return ports;
    }

    private ElkEdge connect(Wire wire) {
        return ElkGraphUtil.createSimpleEdge(
                starts.get(wire.from()).get(wire.out()), ends.get(wire.to()).get(wire.in()));
    }

    private static Route route(ElkEdge edge) {
        ElkEdgeSection section = edge.getSections().getFirst();
        List<Point> points = new ArrayList<>();
        points.add(new Point(section.getStartX(), section.getStartY()));
        section.getBendPoints().forEach(bend -> points.add(new Point(bend.getX(), bend.getY())));
        points.add(new Point(section.getEndX(), section.getEndY()));
        KVectorChain forks = edge.getProperty(CoreOptions.JUNCTION_POINTS);
        List<Point> parting = new ArrayList<>();
        if (forks != null) {
            for (KVector fork : forks) {
                parting.add(new Point(fork.x, fork.y));
            }
        }
        return new Route(points, parting);
    }
}

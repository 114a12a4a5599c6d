/// Drawings of graphs, and charts.
///
/// In come graphs and series of numbers; out go self-contained SVG documents and text. Eclipse ELK decides where boxes
/// and wires go. Nothing here needs a screen, fonts or AWT, and the same input gives the same bytes.
module dev.adjoint.draw {
    requires static org.jspecify;
    requires transitive dev.adjoint.core;
    requires transitive dev.adjoint.run;
    requires org.eclipse.elk.alg.layered;
    requires org.eclipse.elk.core;
    requires org.eclipse.elk.graph;
    requires org.eclipse.emf.common;
    requires com.google.common; // ELK's classes use Guava, which nothing else makes the module system load

    exports dev.adjoint.draw;
}

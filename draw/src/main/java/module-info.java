/// Drawings of graphs, and charts. In come graphs and series of numbers, out go SVG, DOT, Mermaid and text.
module dev.adjoint.draw {
    requires static org.jspecify;
    requires transitive dev.adjoint.core;
    requires transitive dev.adjoint.run;
    requires org.eclipse.elk.alg.layered;
    requires org.eclipse.elk.core;
    requires org.eclipse.elk.graph;
    requires org.eclipse.emf.common;
    requires com.google.common; // ELK's classes use Guava, which nothing else makes the module system load
}

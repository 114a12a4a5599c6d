package dev.adjoint.testkit;

import dev.adjoint.graph.Graph;
import dev.adjoint.graph.GraphText;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Control;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.transform.Jvp;
import dev.adjoint.transform.Vjp;
import java.util.List;

/// Graphs survive printing and parsing.
final class TextLaw {
    private TextLaw() {}

    static void check(LawCase at) {
        for (Sample sample : Samples.typed(at.sample())) {
            Graph graph = Samples.graph(sample);
            List<Class<? extends CustomOp>> custom =
                    sample.op() instanceof CustomOp op ? List.of(op.getClass()) : List.of();
            survives(graph, custom);
            if (Samples.refusesDerivatives(sample)) {
                continue;
            }
            survives(new Jvp().apply(graph), custom);
            if (sample.op().withoutReverse().isEmpty()) {
                survives(new Vjp().apply(graph), custom);
            }
        }
    }

    private static void survives(Graph graph, List<Class<? extends CustomOp>> custom) {
        String printed = GraphText.print(graph);
        Graph parsed = GraphText.parse(printed, custom);
        String again = GraphText.print(parsed);
        if (!again.equals(printed)) {
            throw new AssertionError("printed\n" + printed + "\nbut parsed and printed again\n" + again);
        }
        List<Value> before = graph.calls();
        List<Value> after = parsed.calls();
        for (int i = 0; i < before.size(); i++) {
            if (!same(before.get(i).op(), after.get(i).op())) {
                throw new AssertionError(
                        before.get(i).op() + " came back as " + after.get(i).op());
            }
        }
    }

    /// Values are equal only to themselves, so bodies are the same graph if they read the same.
    private static boolean same(Op before, Op after) {
        return before instanceof Control ? before.toString().equals(after.toString()) : before.equals(after);
    }
}

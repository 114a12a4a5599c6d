package dev.adjoint.graph;

import dev.adjoint.op.Catalog;
import dev.adjoint.op.CustomOp;
import dev.adjoint.op.Op;
import dev.adjoint.op.source.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Graphs as text and back. Printing what was parsed gives the same text.
///
/// ```
/// graph      = "graph" "(" [ typed { "," typed } ] ")" "{" { statement } "}" "->" "(" [ name { "," name } ] ")"
/// statement  = typed { "," typed } "=" operator [ "[" attribute { "," attribute } "]" ] { name } end-of-line
/// typed      = name ":" type
/// type       = dtype "[" [ integer { "," integer } ] "]"
/// attribute  = name "=" value
/// value      = number | word | type | "[" [ value { "," value } ] "]" | "(" { value } ")" | dtype "{" numbers "}" | graph
/// name       = letter { letter | digit | "_" | "." }
/// operator   = the lower-case class name of an operator
/// dtype      = "f32" | "f64" | "i32" | "i64" | "bool"
/// ```
///
/// Attributes are the record components of the operator in any order; a record stands in round brackets with its
/// components in order, a record of one component as that component.
public final class GraphText {
    private GraphText() {}

    /// The graph as text, one statement a line.
    public static String print(Graph graph) {
        return new Printer(graph).text();
    }

    /// The graph of a text.
    ///
    /// @throws GraphSyntaxError with line and column if the text does not follow the grammar
    public static Graph parse(String text) {
        return parse(text, List.of());
    }

    /// The graph of a text that may name operators of the user's own.
    ///
    /// @throws GraphSyntaxError with line and column if the text does not follow the grammar
    public static Graph parse(String text, List<Class<? extends CustomOp>> custom) {
        Map<String, Class<? extends Op>> named = new HashMap<>(Catalog.named());
        custom.forEach(op -> named.put(Catalog.name(op), op));
        return new GraphParser(text, named).graph();
    }

    private static final class Printer {
        private final Graph graph;
        private final Map<Value, String> names = new LinkedHashMap<>();
        private final Set<String> taken = new HashSet<>();
        private int next;

        Printer(Graph graph) {
            this.graph = graph;
        }

        String text() {
            List<Value> values = graph.values();
            values.stream().filter(Value::isInput).forEach(v -> names.put(v, free(label(v))));
            String arguments = graph.inputs().stream().map(this::typed).collect(Collectors.joining(", "));
            StringBuilder text = new StringBuilder("graph (" + arguments + ") {\n");
            Set<Object> printed = new HashSet<>();
            for (Value value : values) {
                if (!value.isInput() && printed.add(value.call())) {
                    text.append("  ").append(statement(value)).append('\n');
                }
            }
            String results = graph.outputs().stream().map(names::get).collect(Collectors.joining(", "));
            return text.append("} -> (").append(results).append(")").toString();
        }

        private static String label(Value input) {
            String label = ((Input) input.op()).label().replaceAll("[^\\p{L}\\p{Nd}_.]", "_");
            return label.isEmpty() ? "x" : label;
        }

        private String statement(Value value) {
            List<String> results = new ArrayList<>();
            for (var result : value.call().results()) {
                names.put((Value) result, free(letters(next++)));
                results.add(typed((Value) result));
            }
            String operands =
                    value.inputs().stream().map(v -> " " + names.get(v)).collect(Collectors.joining());
            return String.join(", ", results) + " = " + AttributeText.print(value.op()) + operands;
        }

        private String typed(Value value) {
            return names.get(value) + ": " + value.type();
        }

        private String free(String wanted) {
            String name = wanted;
            for (int i = 2; !taken.add(name); i++) {
                name = wanted + "_" + i;
            }
            return name;
        }

        /// a … z, aa, ab …
        private static String letters(int number) {
            String last = Character.toString((char) ('a' + number % 26));
            return number < 26 ? last : letters(number / 26 - 1) + last;
        }
    }
}

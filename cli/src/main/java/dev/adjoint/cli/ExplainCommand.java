package dev.adjoint.cli;

import dev.adjoint.cli.expression.Derivatives;
import dev.adjoint.cli.expression.Expression;
import dev.adjoint.cli.expression.ExpressionError;
import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.text.TextFile;
import dev.adjoint.draw.Circuit;
import dev.adjoint.draw.CircuitSvg;
import dev.adjoint.explain.WhyZero;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Tensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `adjoint explain`: the circuit of an expression with every value and every gradient.
@Command(
        name = "explain",
        description = "Draws the circuit of an expression with every value and every gradient.",
        footer = {
            "",
            "The expression: numbers, names (x, w0, λ, x₁), + - * / ^ and parentheses, x² for",
            "the square, and functions such as sigmoid(x) or σ(x), exp, log, tanh, relu, sqrt,",
            "max(x, y); 'adjoint ops' lists all. A repeated name is one variable used twice.",
            "",
            "With --json: {\"value\", \"gradients\": {name: …}, \"nodes\": [{\"id\", \"op\", \"inputs\",",
            "\"value\", \"gradient\"} …]}, from --order 2 on also \"second_derivatives\":",
            "{name: {name: …}} and so on. A number without a gradient has null; NaN and",
            "infinities are the texts \"NaN\", \"Infinity\", \"-Infinity\".",
            "",
            "Example: adjoint explain '(x+y)*z' x=-2 y=5 z=-4 --svg circuit.svg"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int MOST_DRAWN = 400;

    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "1..*",
            paramLabel = "EXPR [name=value]",
            description = "The expression, then a value for every name.")
    private List<String> texts = new ArrayList<>();

    @Option(names = "--order", paramLabel = "N", description = "Derivatives up to this order, 1 to 4 (default: 1).")
    private int order = 1;

    @Option(names = "--svg", paramLabel = "FILE", description = "Also draws the circuit into this file.")
    private Optional<Path> svg = Optional.empty();

    @Option(
            names = "--why",
            paramLabel = "NAME",
            description = "Also says why the gradient by this name is zero, small or large.")
    private Optional<String> why = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    ExplainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        rejectOptions();
        if (order < 1 || order > Derivatives.HIGHEST) {
            throw new UsageError("--order must lie between 1 and " + Derivatives.HIGHEST + ", not at " + order);
        }
        Explanation explanation = explanation();
        Optional<WhyZero> because = why.map(this::why);
        svg.ifPresent(file -> draw(file, explanation.circuit()));
        if (json) {
            Json.print(console.out(), explanation.json());
        } else {
            console.out().println(explanation.text());
            because.ifPresent(reason -> console.out().println("\n" + reason));
        }
        return 0;
    }

    /// `-x^2` is an expression, so picocli hands us what looks like an option and is none.
    private void rejectOptions() {
        List<String> options =
                texts.stream().filter(text -> text.matches("--\\p{L}{2,}.*")).toList();
        if (!options.isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(spec.commandLine(), options);
        }
    }

    private Explanation explanation() {
        try {
            Expression expression = expression();
            Map<String, Double> values = expression.bind(texts.subList(1, texts.size()));
            Circuit circuit = Circuit.of(expression.graph(), values);
            List<Double> arguments = List.copyOf(values.values());
            return new Explanation(circuit, order, Derivatives.of(expression.graph(), arguments, order));
        } catch (ExpressionError e) {
            throw new UsageError(e);
        }
    }

    private Expression expression() {
        return Expression.of(texts.getFirst());
    }

    /// @throws UsageError if the expression has no such name
    private WhyZero why(String name) {
        Expression expression = expression();
        if (!expression.names().contains(name)) {
            throw new UsageError("--why: the expression has no '" + name + "', but " + expression.names());
        }
        Map<String, Tensor> point = new LinkedHashMap<>();
        expression.bind(texts.subList(1, texts.size())).forEach((key, value) -> point.put(key, Array.scalar(value)));
        return WhyZero.of(
                (Map<String, Tensor> x) ->
                        expression.graph().apply(List.copyOf(x.values())).getFirst(),
                point,
                name);
    }

    /// @throws UsageError if the circuit is too large to be looked at
    private static void draw(Path file, Circuit circuit) {
        if (circuit.nodes().size() > MOST_DRAWN) {
            throw new UsageError("--svg draws at most " + MOST_DRAWN + " values, and the expression has "
                    + circuit.nodes().size());
        }
        TextFile.write(file, CircuitSvg.draw(circuit));
    }
}

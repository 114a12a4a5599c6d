package dev.adjoint.cli.reference;

import dev.adjoint.cli.text.Decimal;
import dev.adjoint.op.Binary;
import dev.adjoint.op.Catalog;
import dev.adjoint.op.Domain;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.op.Source;
import dev.adjoint.op.Unary;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.TensorType;
import dev.adjoint.transform.ControlSamples;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The reference of all operators in Markdown, generated from what they state about themselves.
public final class OperatorReference {
    /// How the committed page is renewed.
    public static final String RENEW = "./adjoint ops --markdown > docs/operators.md";

    private static final String HEAD = """
            # Operators

            Every operator with its formula, where it is defined and where its derivative jumps, its derivative, its ONNX
            name and an example. In the derivatives, y is the result of an operator of x, z that of an operator of x and y.

            This page is generated from the operators themselves, and a test compares the two. Renew it with
            `%s`.
            """.formatted(RENEW);

    private final Vocabulary vocabulary = new Vocabulary();
    private final Map<Class<? extends Op>, String> derivatives;

    /// @param derivatives the derivative of every operator, or why it has none, as the operator table shows it
    public OperatorReference(Map<Class<? extends Op>, String> derivatives) {
        this.derivatives = Map.copyOf(derivatives);
    }

    /// The page.
    public String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        Map<String, List<Class<? extends Op>>> families = Catalog.operators().stream()
                .filter(type -> type != Input.class)
                .collect(Collectors.groupingBy(Catalog::family, LinkedHashMap::new, Collectors.toList()));
        families.forEach((family, members) -> {
            page.append("\n## ").append(family).append('\n');
            members.forEach(type -> page.append('\n').append(entry(type)));
        });
        return page.toString();
    }

    private String entry(Class<? extends Op> type) {
        List<Sample> samples = Stream.concat(Catalog.samples(type).stream(), ControlSamples.of(type).stream())
                .toList();
        Op op = samples.getFirst().op();
        List<String> lines = new ArrayList<>();
        lines.add("### " + op.name() + "\n");
        lines.add("`" + op.formula() + "`\n");
        vocabulary.word(type).ifPresent(word -> lines.add("- in Java: `" + word + "`"));
        lines.addAll(domain(op, samples));
        lines.add("- derivative: " + derivatives.getOrDefault(type, ""));
        String flat = flat(op, samples);
        if (!flat.isEmpty()) {
            lines.add("- no gradient passes " + flat);
        }
        lines.add("- ONNX: " + (op.onnx().isEmpty() ? "no operator of its own" : "`" + op.onnx() + "`"));
        if (!(op instanceof Source)) {
            Example.of(samples).ifPresent(example -> lines.add("- example: " + example));
        }
        return String.join("\n", lines) + "\n";
    }

    /// Where the derivative by each operand vanishes.
    private static String flat(Op op, List<Sample> samples) {
        List<TensorType> operands = samples.getFirst().types();
        List<String> names = operands.size() == 3 ? List.of("c", "x", "y") : List.of("x", "y");
        boolean same = IntStream.range(0, operands.size())
                        .mapToObj(op::vanishes)
                        .distinct()
                        .count()
                == 1;
        return same
                ? op.vanishes(0)
                : IntStream.range(0, Math.min(operands.size(), names.size()))
                        .filter(i -> operands.get(i).dtype().isFloating()
                                && !op.vanishes(i).isEmpty())
                        .mapToObj(i -> "to " + names.get(i) + " " + op.vanishes(i))
                        .collect(Collectors.joining(", and "));
    }

    private static List<String> domain(Op op, List<Sample> samples) {
        return switch (op) {
            case Unary unary ->
                List.of(
                        "- domain: " + interval(unary.domain()) + " of "
                                + unary.accepts().describe(),
                        "- kinks: " + kinks(unary.domain()));
            case Binary binary ->
                List.of("- domain: x in " + interval(binary.leftDomain()) + ", y in " + interval(binary.rightDomain())
                        + " of " + binary.accepts().describe());
            default -> {
                String operands = samples.stream()
                        .map(sample -> sample.types().stream()
                                .map(TensorType::toString)
                                .collect(Collectors.joining(" and ")))
                        .filter(types -> !types.isEmpty())
                        .findFirst()
                        .map(types -> "for instance " + types)
                        .orElse("none");
                yield List.of("- operands: " + operands);
            }
        };
    }

    private static String interval(Domain domain) {
        return domain.withKinks().toString();
    }

    private static String kinks(Domain domain) {
        return domain.kinks().isEmpty()
                ? "none"
                : domain.kinks().stream().map(Decimal::of).collect(Collectors.joining(", "));
    }
}

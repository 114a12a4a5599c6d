package dev.adjoint.cli.reference;

import dev.adjoint.cli.text.Decimal;
import dev.adjoint.graph.Graph;
import dev.adjoint.graph.Value;
import dev.adjoint.op.Op;
import dev.adjoint.op.Sample;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Elements;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.tensor.TensorType;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// An operator at one of its samples, with numbers.
///
/// @param op the operator with its attributes
/// @param operands the operands
/// @param results what the operator makes of them
record Example(Op op, List<Tensor> operands, List<Tensor> results) {
    private static final Key KEY = Key.of(2);
    private static final Pattern CALL = Pattern.compile("= (.*?)( x(_\\d+)?)*\n");
    private static final long LARGEST = 18;

    /// At the first sample that has numbers and few of them; none if all samples are large or random.
    static Optional<Example> of(List<Sample> samples) {
        return samples.stream()
                .filter(sample -> elements(sample) > 0 && elements(sample) <= LARGEST)
                .max(Comparator.comparingLong(Example::vectors).thenComparingLong(Example::elements))
                .flatMap(Example::at);
    }

    /// How many operands are no single numbers: those show more.
    private static long vectors(Sample sample) {
        return sample.types().stream().filter(type -> type.rank() > 0).count();
    }

    private static long elements(Sample sample) {
        return sample.types().stream().mapToLong(type -> type.shape().count()).sum();
    }

    private static Optional<Example> at(Sample sample) {
        List<Tensor> operands = new ArrayList<>();
        for (int i = 0; i < sample.operands().size(); i++) {
            operands.add(draw(sample.operands().get(i), KEY.fold(i)));
        }
        try {
            return Optional.of(
                    new Example(sample.op(), operands, operands.getFirst().apply(sample.op(), operands)));
        } catch (AdjointException e) {
            return Optional.empty(); // a sample may be refused for some numbers, such as an index
        }
    }

    /// Numbers of two digits, which can be read and checked by hand.
    private static Tensor draw(Sample.Operand operand, Key key) {
        TensorType type = operand.type();
        Elements elements = Elements.allocate(type.dtype(), type.shape().count());
        for (int i = 0; i < elements.count(); i++) {
            double number = operand.element(i, key.uniform(i));
            elements.set(i, type.dtype().isFloating() ? Math.rint(number * 10) / 10 : number);
        }
        return Array.of(type, elements);
    }

    /// `sum[axes=([0] DROPPED)]: [[1, 2], [3, 4]] → [4, 6]`
    @Override
    public String toString() {
        return "`" + call() + "`: " + text(operands) + " → " + text(results);
    }

    /// The operator as graphs print it, without operands and bodies.
    private String call() {
        List<Value> inputs =
                operands.stream().map(x -> Value.input("x", x.type())).toList();
        String printed = new Graph(inputs, Value.call(op, inputs)).toString();
        Matcher call = CALL.matcher(printed);
        return call.find() && printed.lastIndexOf("graph") == 0 ? call.group(1) : op.name();
    }

    private static String text(List<Tensor> tensors) {
        return tensors.stream().map(x -> text(x, 0, 0)).collect(Collectors.joining(" and "));
    }

    private static String text(Tensor x, int axis, int from) {
        if (axis == x.rank()) {
            return number(x, from);
        }
        int step = 1;
        for (int i = axis + 1; i < x.rank(); i++) {
            step *= (int) x.dim(i);
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < x.dim(axis); i++) {
            parts.add(text(x, axis + 1, from + i * step));
        }
        return parts.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String number(Tensor x, int index) {
        double number = x.elements().get(index);
        return switch (x.dtype()) {
            case BOOL -> number == 0 ? "false" : "true";
            default ->
                Double.isFinite(number)
                        ? Decimal.of(
                                new BigDecimal(number).round(new MathContext(4)).doubleValue())
                        : Decimal.of(number);
        };
    }
}

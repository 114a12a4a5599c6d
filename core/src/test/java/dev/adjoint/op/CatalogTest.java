package dev.adjoint.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adjoint.op.elementwise.Sin;
import dev.adjoint.op.movement.Concat;
import dev.adjoint.op.source.Input;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.ControlSamples;
import dev.adjoint.transform.CustomRules;
import dev.adjoint.transform.Loops;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What every operator states about itself.
class CatalogTest {
    private static final Set<String> MADE_BY_VOCABULARY = madeByVocabulary();

    static List<Class<? extends Op>> operators() {
        return Catalog.operators();
    }

    static List<Class<? extends Op>> operatorsWithSamples() {
        return Catalog.operators().stream()
                .filter(op -> op != Input.class && !Control.class.isAssignableFrom(op))
                .toList();
    }

    /// The classes that the default methods of the tensor vocabulary construct.
    private static Set<String> madeByVocabulary() {
        Set<String> made = new HashSet<>();
        made.addAll(constructed(Tensor.class));
        for (Class<?> vocabulary : Tensor.class.getInterfaces()) {
            made.addAll(constructed(vocabulary));
        }
        made.addAll(constructed(Loops.class)); // the words of operators with bodies, which need a trace
        made.addAll(constructed(CustomRules.class));
        return made;
    }

    private static Set<String> constructed(Class<?> type) {
        Set<String> made = new HashSet<>();
        try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            for (MethodModel method : ClassFile.of().parse(bytes.readAllBytes()).methods()) {
                method.code().ifPresent(code -> code.forEach(element -> add(element, made)));
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return made;
    }

    private static void add(CodeElement element, Set<String> made) {
        if (element instanceof NewObjectInstruction created) {
            made.add(created.className().asInternalName().replace('/', '.'));
        }
    }

    @Test
    void listsEveryOperatorOnceByName() {
        assertThat(Catalog.operators()).hasSizeGreaterThan(70).doesNotHaveDuplicates();
        assertThat(Catalog.named()).hasSameSizeAs(Catalog.operators());
        assertThat(Catalog.family(Sin.class)).isEqualTo("Unary");
    }

    @ParameterizedTest
    @MethodSource("operators")
    void isDocumented(Class<? extends Op> operator) throws IOException {
        Path source = Path.of("src/main/java", operator.getName().replace('.', '/') + ".java");
        List<String> lines = Files.readAllLines(source);
        int declaration = 0;
        while (!lines.get(declaration).startsWith("public record ")) {
            declaration++;
        }
        assertThat(lines.subList(0, declaration)).anyMatch(line -> line.matches("/// .{10,}"));
    }

    @ParameterizedTest
    @MethodSource("operators")
    void hasAWordInTheVocabulary(Class<? extends Op> operator) {
        if (operator != Input.class) { // an argument is made by tracing
            assertThat(MADE_BY_VOCABULARY).contains(operator.getName());
        }
    }

    static List<Class<? extends Op>> operatorsWithBodies() {
        return Catalog.operators().stream()
                .filter(Control.class::isAssignableFrom)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operatorsWithBodies")
    void operatorsWithBodiesHaveSamplesThatFitAndAFormula(Class<? extends Op> operator) {
        check(operator, ControlSamples.of(operator));
    }

    @ParameterizedTest
    @MethodSource("operatorsWithSamples")
    void hasSamplesThatFitAndAFormula(Class<? extends Op> operator) {
        check(operator, Catalog.samples(operator));
    }

    private static void check(Class<? extends Op> operator, List<Sample> samples) {
        assertThat(samples).isNotEmpty();
        for (Sample sample : samples) {
            assertThat(sample.op()).isInstanceOf(operator);
            assertThat(sample.op().infer(sample.types())).isNotEmpty();
            assertThat(sample.op().formula()).isNotBlank();
        }
    }

    /// Whether the derivative is right is tested where numbers are: in the testkit.
    @ParameterizedTest
    @MethodSource("operatorsWithSamples")
    void hasADerivativeSomewhereOrSaysWhyNot(Class<? extends Op> operator) {
        List<Sample> samples = Catalog.samples(operator);
        boolean differentiable = samples.stream()
                .anyMatch(s -> s.types().stream().anyMatch(t -> t.dtype().isFloating())
                        && s.op().infer(s.types()).stream()
                                .anyMatch(t -> t.dtype().isFloating()));
        assertThat(differentiable
                        || !samples.getFirst().op().withoutDerivative().isEmpty())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("operatorsWithSamples")
    void refusesAWrongNumberOfOperands(Class<? extends Op> operator) {
        Sample sample = Catalog.samples(operator).stream()
                .max(Comparator.comparingInt(s -> s.operands().size()))
                .orElseThrow();
        if (operator == Concat.class) {
            assertThatThrownBy(() -> sample.op().infer(List.of())).hasMessage("concat needs at least one operand");
            return;
        }
        Sample more = sample.normal(2);
        assertThatThrownBy(() -> more.op().infer(more.types()))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageMatching(sample.op().name() + " takes (\\d+ to )?"
                        + sample.operands().size() + " operands, not "
                        + more.operands().size());
    }
}

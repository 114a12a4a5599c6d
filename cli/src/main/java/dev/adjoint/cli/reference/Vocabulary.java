package dev.adjoint.cli.reference;

import dev.adjoint.op.Catalog;
import dev.adjoint.op.Op;
import dev.adjoint.op.Source;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.Tensor;
import dev.adjoint.transform.CustomRules;
import dev.adjoint.transform.Loops;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which method of the tensor vocabulary makes which operator: read from the compiled methods, so that nobody lists it.
final class Vocabulary {
    private record Word(String method, String written) {}

    private final Map<String, List<Word>> words = new HashMap<>();

    Vocabulary() {
        List<Class<?>> types = new ArrayList<>(List.of(Tensor.class.getInterfaces()));
        types.addAll(List.of(Tensor.class, Loops.class, CustomRules.class));
        types.forEach(this::read);
    }

    /// The method as it is written: `x.sum(Axes)`. Of several, the one with the operator's name, else the first; a source
    /// is used by many methods and belongs to one only if it has its name.
    Optional<String> word(Class<? extends Op> operator) {
        List<Word> found = words.getOrDefault(operator.getName(), List.of());
        return found.stream()
                .filter(word -> Catalog.name(operator).endsWith(word.method.toLowerCase(Locale.ROOT)))
                .findFirst()
                .or(() -> found.stream()
                        .filter(_ -> !Source.class.isAssignableFrom(operator))
                        .findFirst())
                .map(Word::written);
    }

    private void read(Class<?> type) {
        try (InputStream bytes = type.getResourceAsStream(type.getSimpleName() + ".class")) {
            for (MethodModel method : ClassFile.of()
                    .parse(Objects.requireNonNull(bytes).readAllBytes())
                    .methods()) {
                method.code()
                        .ifPresent(code -> code.forEach(element -> {
                            if (element instanceof NewObjectInstruction made) {
                                words.computeIfAbsent(
                                                made.className()
                                                        .asInternalName()
                                                        .replace('/', '.'),
                                                _ -> new ArrayList<>())
                                        .add(word(type, method));
                            }
                        }));
            }
        } catch (IOException e) {
            throw new AdjointException("the methods of " + type.getSimpleName() + " cannot be read", e);
        }
    }

    private static Word word(Class<?> type, MethodModel method) {
        String name = method.methodName().stringValue().replaceFirst("^lambda\\$(\\w+)\\$.*", "$1");
        if (!type.isInterface() || type.equals(Tensor.class)) {
            return new Word(name, type.getSimpleName() + "." + name + "(…)");
        }
        String parameters = method.methodTypeSymbol().parameterList().stream()
                .map(ClassDesc::displayName)
                .collect(Collectors.joining(", ", "(", ")"));
        return new Word(name, "x." + name + parameters);
    }
}

package dev.adjoint.cli;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every `{@snippet}` of the public documentation compiles and runs. This module sees all others, so it looks for them all.
final class SnippetsTest {
    private static final Pattern SNIPPET =
            Pattern.compile("/// \\{@snippet :\\R(.*?)\\R\\s*/// }\\R(?!\\s*/// })", Pattern.DOTALL);

    /// What the text around a snippet has already named.
    private static final String AROUND = """
            static Tensor numbers(long... dims) { return Array.key(Key.of(1)).normal(TensorType.of(DType.F64, dims)); }
            static final Tensor v = numbers(3), h0 = numbers(4), xs = numbers(5, 4), w = numbers(4, 4);
            static final Key key = Key.of(1);
            static final long epoch = 0;
            static final double[] epochs = {1, 2}, trainLosses = {0.5, 0.25};
            """;

    /// Where a snippet speaks of another x than a vector of three numbers.
    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            entry(
                    "Attentions",
                    "static final Tensor queries = numbers(2, 3), keys = numbers(2, 3), values = numbers(2, 5);"),
            entry("Cells", """
                    static final Tensor x = numbers(2, 3), h = numbers(2, 4), c = numbers(2, 4);
                    static final Tensor input = numbers(3, 16), state = numbers(4, 16), bias = numbers(16);
                    """),
            entry("Checkpoint", "static final Tensor x = numbers(3);"),
            entry(
                    "CrossEntropyLoss",
                    "static final Tensor scores = numbers(2, 3), labels = Array.of(new long[] {2, 1});"),
            entry("Distributions", "static final Tensor x = numbers(10, 2);"),
            entry("Dropouts", "static final Tensor x = numbers(3);"),
            entry("Layer", "static final Tensor x = Array.zeros(DType.F32, 2, 784);"),
            entry("Normalisations", """
                    static final Tensor x = numbers(4, 3, 2), weight = numbers(3), bias = numbers(3);
                    static final ChannelStatistics statistics = new ChannelStatistics(numbers(3), numbers(3).square());
                    """),
            entry("RegressionLosses", "static final Tensor y = numbers(3), t = numbers(3);"),
            entry("Taps", "static final Tensor x = numbers(1, 4);"),
            entry("Transformations", "static final Tensor x = numbers(3);"));

    /// Those that read or write files are compiled only.
    private static final List<String> WITH_FILES = List.of("Circuit", "Csv");

    private static final String IMPORTS = """
            import static dev.adjoint.testkit.GradientAssertions.*;
            import static dev.adjoint.transform.Transformations.*;
            import dev.adjoint.data.*; import dev.adjoint.data.catalog.*; import dev.adjoint.data.generated.*;
            import dev.adjoint.data.loader.*; import dev.adjoint.data.transform.*; import dev.adjoint.draw.*;
            import dev.adjoint.explain.*; import dev.adjoint.graph.*; import dev.adjoint.nn.*;
            import dev.adjoint.op.*; import dev.adjoint.op.composite.*; import dev.adjoint.op.elementwise.*; import dev.adjoint.run.*;
            import dev.adjoint.tensor.*; import dev.adjoint.train.*; import dev.adjoint.train.optimizer.*; import dev.adjoint.train.search.*;
            import dev.adjoint.testkit.*; import dev.adjoint.transform.*;
            import java.nio.file.*; import java.util.List; import java.util.Map; import java.util.function.*;
            import dev.adjoint.data.Batch; import dev.adjoint.data.Split;
            """;

    @TempDir
    private static Path folder;

    /// A snippet and the type whose documentation it stands in.
    record Snippet(String type, String code) {
        String className() {
            return type + "Example";
        }

        String source() {
            String fields = AROUND + ARGUMENTS.getOrDefault(type, "");
            return IMPORTS + "public class " + className() + " {\n" + fields
                    + "\npublic static void run() throws Exception {\n" + code + "\n}}\n";
        }

        @Override
        public String toString() {
            return type;
        }
    }

    static List<Snippet> snippets() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of(".."), 14)) {
            return sources.filter(file -> file.toString().matches(".*/src/main/java/.*\\.java"))
                    .flatMap(SnippetsTest::in)
                    .toList();
        }
    }

    private static Stream<Snippet> in(Path file) {
        try {
            String type = file.getFileName().toString().replace(".java", "");
            Matcher found = SNIPPET.matcher(Files.readString(file));
            return found.results().map(r -> new Snippet(type, r.group(1).replaceAll("(?m)^\\s*/// ?", "")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Compiles all snippets at once: starting the compiler costs more than they do.
    @BeforeAll
    static void compile() throws Exception {
        List<String> call = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                "-d",
                folder.toString(),
                "-proc:none",
                "--module-path",
                System.getProperty("jdk.module.path"),
                "--add-modules",
                "dev.adjoint.cli,dev.adjoint.testkit"));
        for (Snippet snippet : snippets()) {
            Path file = folder.resolve(snippet.className() + ".java");
            Files.writeString(file, snippet.source());
            call.add(file.toString());
        }
        Path messages = folder.resolve("messages");
        int code = new ProcessBuilder(call)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start()
                .waitFor();
        assertThat(code).as(Files.readString(messages)).isZero();
    }

    @ParameterizedTest
    @MethodSource("snippets")
    void runs(Snippet snippet) throws Exception {
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
            Method run = loader.loadClass(snippet.className()).getMethod("run");
            if (!WITH_FILES.contains(snippet.type)) {
                run.invoke(null);
            }
        } catch (InvocationTargetException e) {
            throw new AssertionError(snippet.type + " fails: " + e.getCause(), e.getCause());
        }
    }
}

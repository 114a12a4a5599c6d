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
import java.util.stream.IntStream;
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
            static Tensor floats(long... dims) { return numbers(dims).to(DType.F32); }
            static final Tensor v = numbers(3), h0 = numbers(4), xs = numbers(5, 4), w = numbers(4, 4);
            static final Key key = Key.of(1);
            static final long epoch = 0;
            static final double[] epochs = {1, 2}, trainLosses = {0.5, 0.25};
            """;

    private static final String IMAGES = "static final Tensor x = floats(2, 16, 4, 4);";
    private static final String SEQUENCES = "static final Tensor x = floats(2, 5, 8), more = floats(2, 3, 8);";
    private static final String WIDE = "static final Tensor x = floats(2, 5, 64), memory = floats(2, 4, 64);";
    private static final String TOKENS = """
            static final Tensor tokens = Array.of(1, 2, 3, 4, 5, 6).reshape(2, 3), sources = tokens, targets = tokens;
            static final Tensor left = tokens, right = tokens, prompt = tokens, start = Array.of(0, 0);
            """;

    /// What the snippets about layers speak of.
    private static final Map<String, String> LAYERS = Map.ofEntries(
            entry("Activation", IMAGES),
            entry("AdaptiveAveragePool", IMAGES),
            entry("AdaptiveMaxPool", IMAGES),
            entry("AlphaDropout", IMAGES),
            entry("AveragePool", IMAGES),
            entry("AveragePool2d", IMAGES),
            entry("BatchNorm", IMAGES),
            entry("Bidirectional", SEQUENCES),
            entry("Bilinear", "static final Tensor l = floats(2, 3), r = floats(2, 4);"),
            entry("Cell", SEQUENCES),
            entry("CharacterModel", TOKENS),
            entry("Convolution", IMAGES),
            entry("DecoderBlock", WIDE),
            entry("DropPath", "static final Sequential body = Sequential.empty();"),
            entry("Dropout", IMAGES),
            entry("Evaluated", "static final Layer pretrained = new Flatten(), head = new Flatten();"),
            entry("Flatten", IMAGES),
            entry("GatedLinearUnit", IMAGES),
            entry("Generator", TOKENS + """
                    static final LanguageModel<?> model = CharacterModel.gru(key, new CharacterModel.Size(7, 4, 1));
                    """),
            entry("GlobalAveragePool", IMAGES),
            entry("GlobalMaxPool", IMAGES),
            entry("Gpt", TOKENS),
            entry("GroupNorm", IMAGES),
            entry("Gru", SEQUENCES),
            entry("InstanceNorm", IMAGES),
            entry("LayerNorm", WIDE),
            entry("LearnedPositions", WIDE),
            entry("Linear", "static final Tensor x = floats(2, 784);"),
            entry("LocalResponseNorm", IMAGES),
            entry("Lstm", SEQUENCES),
            entry("LpPool", IMAGES),
            entry("MaxPool", IMAGES),
            entry("MaxPool2d", IMAGES),
            entry("MixedPrecision", "static final Tensor x = floats(2, 8);"),
            entry("MultiHeadAttention", WIDE),
            entry("Nonlinearity", IMAGES),
            entry("PRelu", IMAGES),
            entry("Parallel", "static final Layer one = new Flatten(), five = new Flatten();"),
            entry("Pass", """
                    static final ChannelStatistics statistics = new ChannelStatistics(floats(3), floats(3)), measured = statistics;
                    static final Pass pass = Pass.evaluation();
                    static final Sequential model = Sequential.empty().then("norm", BatchNorm.init(3));
                    static final Tensor x = floats(4, 3);
                    """),
            entry("Recomputed", "static final Tensor x = floats(2, 8);"),
            entry("Residual", "static final Tensor x = floats(2, 8);"),
            entry("RmsNorm", WIDE),
            entry("Rnn", SEQUENCES),
            entry("SeparableConvolution", IMAGES),
            entry("SequenceToSequence", TOKENS),
            entry("Sequential", "static final Tensor x = floats(2, 8);"),
            entry("Shrinkage", IMAGES),
            entry("SiameseLstm", TOKENS),
            entry("SinusoidalPositions", WIDE),
            entry("SpatialDropout", IMAGES),
            entry("Transformer", TOKENS),
            entry("TransformerBlock", WIDE),
            entry("TransposedConvolution", IMAGES),
            entry("VariationalAutoencoder", "static final Tensor x = floats(2, 64).sigmoid();"));

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
            import dev.adjoint.tensor.*; import dev.adjoint.train.*; import dev.adjoint.train.diagnosis.*; import dev.adjoint.train.optimizer.*; import dev.adjoint.train.search.*;
            import dev.adjoint.testkit.*; import dev.adjoint.transform.*;
            import dev.adjoint.nn.recurrent.*; import dev.adjoint.nn.transformer.*; import dev.adjoint.nn.zoo.*; import dev.adjoint.op.contraction.*;
            import dev.adjoint.nn.BatchNorm; import dev.adjoint.nn.GroupNorm; import dev.adjoint.nn.AveragePool; import dev.adjoint.nn.Convolution; import dev.adjoint.nn.LayerNorm; import dev.adjoint.nn.MaxPool; import dev.adjoint.nn.LocalResponseNorm; import dev.adjoint.nn.RmsNorm;
            import dev.adjoint.tensor.spatial.Conv; import dev.adjoint.tensor.spatial.ConvTranspose; import dev.adjoint.tensor.spatial.Pool;
            import java.nio.file.*; import java.util.List; import java.util.Map; import java.util.function.*;
            import dev.adjoint.data.Batch; import dev.adjoint.data.Split;
            """;

    @TempDir
    private static Path folder;

    /// A snippet and the type whose documentation it stands in.
    record Snippet(String type, int number, String code) {
        String className() {
            return type + "Example" + number;
        }

        String source() {
            String fields = AROUND + ARGUMENTS.getOrDefault(type, LAYERS.getOrDefault(type, ""));
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
            List<String> codes = found.results()
                    .map(r -> r.group(1).replaceAll("(?m)^\\s*/// ?", ""))
                    .toList();
            return IntStream.range(0, codes.size()).mapToObj(i -> new Snippet(type, i, codes.get(i)));
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

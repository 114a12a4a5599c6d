package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// No lesson without a test, a line in the README, and a command that runs it.
class LessonsTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Path README = ROOT.resolve("examples/README.md");
    static final Path SOURCES = ROOT.resolve("examples/src/main/java/dev/adjoint/examples");
    private static final Path TESTS = ROOT.resolve("examples/src/test/java/dev/adjoint/examples");

    static List<String> lessons() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.replace(".java", ""))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void thereAreNine() throws IOException {
        assertThat(lessons()).hasSize(9);
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void hasATestThatRunsIt(String lesson) throws IOException {
        assertThat(TESTS.resolve(lesson + "Test.java"))
                .content()
                .contains("Printed.by(" + lesson + "::main)")
                .containsPattern("@(Parameterized)?Test");
    }

    @ParameterizedTest
    @MethodSource("lessons")
    void standsInTheReadmeAndInThePackage(String lesson) throws IOException {
        assertThat(README)
                .content()
                .contains("[" + lesson + "](src/main/java/dev/adjoint/examples/" + lesson + ".java)");
        assertThat(SOURCES.resolve("package-info.java")).content().contains("[" + lesson + "]");
    }

    /// The README's command, with this JVM as `java`, prints what the lesson prints in this process and nothing else.
    @Test
    void theCommandOfTheReadmeRunsTheLessonFromItsSource() throws IOException, InterruptedException {
        Path output = Files.createTempFile("lesson", ".txt");
        Process process = new ProcessBuilder(command())
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        int exit = process.waitFor();
        String printed = Files.readString(output, StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
        Files.delete(output);
        assertThat(printed).isEqualTo(Printed.by(AddThenMultiply::main).text());
        assertThat(exit).isZero();
    }

    private static List<String> command() throws IOException {
        String stated = Files.readAllLines(README).stream()
                .filter(line -> line.startsWith("java "))
                .findFirst()
                .orElseThrow();
        List<String> words = new ArrayList<>(List.of(stated.split(" ")));
        words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        return words;
    }
}

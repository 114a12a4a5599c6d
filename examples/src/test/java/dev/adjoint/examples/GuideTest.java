package dev.adjoint.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The guide quotes the lessons word for word: behind `<!-- Lesson#region -->` stands a region of a lesson's source,
/// behind `<!-- Lesson -->` a part of what it prints. A region may also be one of a test, told by its path from the root:
/// `<!-- train/src/test/java/….java#region -->`; that test's module runs it.
class GuideTest {
    private static final Path DOCS = Path.of("../docs").toAbsolutePath().normalize();
    private static final Pattern BLOCK =
            Pattern.compile("(?:<!-- (\\S+?)(?:#(\\S+))? -->\n)?```(\\w*)\n(.*?)```\n", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)(?:#[^)]*)?\\)");

    record Block(String page, String lesson, String region, String language, String text) {
        @Override
        public String toString() {
            return page + ": " + lesson + "#" + region + " (" + language + ")";
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> guide = Files.list(DOCS.resolve("guide"))) {
            return Stream.concat(guide.sorted(), Stream.of(DOCS.resolve("glossary.md"), Path.of("README.md")))
                    .map(Path::toAbsolutePath)
                    .toList();
        }
    }

    static List<Block> blocks(String language) throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            BLOCK.matcher(Files.readString(page))
                    .results()
                    .map(m -> new Block(
                            page.getFileName().toString(),
                            String.valueOf(m.group(1)),
                            String.valueOf(m.group(2)),
                            m.group(3),
                            m.group(4)))
                    .filter(block -> block.language().equals(language))
                    .forEach(blocks::add);
        }
        return blocks;
    }

    static List<Block> javaBlocks() throws IOException {
        return blocks("java");
    }

    static List<Block> textBlocks() throws IOException {
        return blocks("text");
    }

    @ParameterizedTest
    @MethodSource("javaBlocks")
    void javaIsARegionOfALesson(Block block) throws IOException {
        assertThat(block.text()).isEqualTo(region(block.lesson(), block.region()));
    }

    @ParameterizedTest
    @MethodSource("textBlocks")
    void textIsPrintedByALesson(Block block) {
        assertThat(Printed.by(block.lesson()).text()).contains(block.text());
    }

    @Test
    void everyLessonIsQuoted() throws IOException {
        assertThat(javaBlocks()).extracting(Block::lesson).containsAll(LessonsTest.lessons());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockIsCheckedOrAFormula(Path page) throws IOException {
        String rest = BLOCK.matcher(Files.readString(page)).replaceAll("");
        assertThat(rest).doesNotContain("```");
        assertThat(blocks("")).allSatisfy(formula -> assertThat(formula.text()).doesNotContain(";"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linksLeadSomewhere(Path page) throws IOException {
        List<String> links = LINK.matcher(Files.readString(page))
                .results()
                .map(m -> m.group(1))
                .filter(link -> !link.startsWith("https://"))
                .toList();
        assertThat(links)
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    @Test
    void everyChapterIsInTheTableOfContents() throws IOException {
        Path guide = DOCS.resolve("guide");
        String contents = Files.readString(guide.resolve("README.md"));
        try (Stream<Path> chapters = Files.list(guide)) {
            assertThat(chapters.map(page -> page.getFileName().toString()).filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(contents).contains("(" + name + ")"));
        }
        assertThat(contents).contains("(../glossary.md)", "(../../examples/README.md)");
    }

    private static Path source(String lesson) {
        return lesson.endsWith(".java") ? DOCS.resolveSibling(lesson) : LessonsTest.SOURCES.resolve(lesson + ".java");
    }

    /// The lines between `// @start region="name"` and `// @end region="name"`, without their common indentation.
    private static String region(String lesson, String name) throws IOException {
        String source = Files.readString(source(lesson));
        String inside = source.lines()
                .dropWhile(line -> !line.strip().equals("// @start region=\"" + name + "\""))
                .skip(1)
                .takeWhile(line -> !line.strip().equals("// @end region=\"" + name + "\""))
                .collect(Collectors.joining("\n"));
        assertThat(inside).as("region " + name + " of " + lesson).isNotEmpty();
        return inside.stripIndent() + "\n";
    }
}

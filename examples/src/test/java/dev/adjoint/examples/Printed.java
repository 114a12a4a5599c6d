package dev.adjoint.examples;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What a lesson prints, and the numbers in it.
record Printed(String text) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d*([eE][-+]?\\d+)?");

    /// Runs a lesson with standard output caught.
    static Printed by(Runnable main) {
        PrintStream console = System.out;
        ByteArrayOutputStream caught = new ByteArrayOutputStream();
        System.setOut(new PrintStream(caught, true, StandardCharsets.UTF_8));
        try {
            main.run();
        } finally {
            System.setOut(console);
        }
        return new Printed(caught.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
    }

    /// Runs a lesson by its name.
    static Printed by(String lesson) {
        return by(() -> {
            try {
                Class.forName("dev.adjoint.examples." + lesson)
                        .getDeclaredMethod("main")
                        .invoke(null);
            } catch (InvocationTargetException e) {
                throw new AssertionError(lesson + " failed", e.getCause());
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(lesson + " is no lesson", e);
            }
        });
    }

    /// The only number behind a label at the beginning of a line.
    double number(String label) {
        double[] numbers = numbers(label);
        if (numbers.length != 1) {
            throw new AssertionError("'" + label + "' stands before " + numbers.length + " numbers in\n" + text);
        }
        return numbers[0];
    }

    /// The numbers behind a label at the beginning of a line, and on the lines below it that begin with a bracket or a
    /// space.
    double[] numbers(String label) {
        List<String> lines = text.lines().toList();
        int first = 0;
        while (first < lines.size() && !lines.get(first).startsWith(label)) {
            first++;
        }
        if (first == lines.size()) {
            throw new AssertionError("no line begins with '" + label + "' in\n" + text);
        }
        StringBuilder numbers = new StringBuilder(lines.get(first).substring(label.length()));
        lines.stream()
                .skip(first + 1L)
                .takeWhile(line -> line.isEmpty() || line.startsWith("[") || line.startsWith(" "))
                .forEach(line -> numbers.append('\n').append(line));
        return NUMBER.matcher(numbers)
                .results()
                .map(MatchResult::group)
                .mapToDouble(Double::parseDouble)
                .toArray();
    }
}

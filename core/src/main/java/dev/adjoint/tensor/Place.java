package dev.adjoint.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A line of a user's program: the innermost one that called Adjoint.
///
/// @param file the name of the source file, without folders
/// @param line the number of the line, from 1
public record Place(String file, int line) {
    // Layers call layers: 16 frames at once reach most programs, and the walk costs about a microsecond.
    private static final StackWalker WALKER = StackWalker.getInstance(Set.of(), 16);

    /// Programs, although their packages are Adjoint's.
    private static final String LESSONS = "dev.adjoint.examples.";

    /// What starts a program rather than being one.
    private static final List<String> STARTERS = List.of("org.junit.", "org.assertj.", "picocli.");

    private static final int DEEPEST = 64;

    /// The frame that is calling Adjoint now, to be read by [#of] when somebody asks: reading costs more than finding.
    public static Optional<StackWalker.StackFrame> caller() {
        return WALKER.walk(frames -> frames.limit(DEEPEST)
                        .filter(frame -> isOutside(frame.getClassName()))
                        .findFirst())
                .filter(frame -> isProgram(frame.getClassName()));
    }

    /// The line of a frame; none if it was compiled without line numbers.
    public static Optional<Place> of(StackWalker.StackFrame frame) {
        return of(frame.toStackTraceElement());
    }

    /// The line that called Adjoint when something was thrown; none if no program is on the stack.
    static Optional<Place> of(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace())
                .filter(frame -> isOutside(frame.getClassName()))
                .findFirst()
                .filter(frame -> isProgram(frame.getClassName()))
                .flatMap(Place::of);
    }

    private static Optional<Place> of(StackTraceElement frame) {
        String file = frame.getFileName();
        return file == null || frame.getLineNumber() < 1
                ? Optional.empty()
                : Optional.of(new Place(file, frame.getLineNumber()));
    }

    /// Whether a class is neither Adjoint's nor the JDK's, through which Adjoint calls itself.
    private static boolean isOutside(String className) {
        boolean library = className.startsWith("dev.adjoint.") && !className.startsWith(LESSONS);
        return !library && !className.startsWith("java.") && !className.startsWith("jdk.");
    }

    private static boolean isProgram(String className) {
        return STARTERS.stream().noneMatch(className::startsWith);
    }

    /// As in stack traces: `Model.java:42`.
    @Override
    public String toString() {
        return file + ":" + line;
    }
}

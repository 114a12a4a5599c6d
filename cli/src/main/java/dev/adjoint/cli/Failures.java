package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.io.ModelMismatch;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.NearestNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns every failure into one line on the error stream and an exit code.
///
/// @param console where the line goes
/// @param stacktrace whether the stack trace was asked for
record Failures(Console console, BooleanSupplier stacktrace)
        implements IParameterExceptionHandler, IExecutionExceptionHandler {
    static final int FAILED = 1;
    static final int WRONG_CALL = 2;

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String message = e instanceof UnmatchedArgumentException unmatched ? unmatched(unmatched) : parse(e);
        say(command, message);
        // The option itself may stand behind the mistake, where the parser has not come.
        if (stacktrace.getAsBoolean() || Arrays.asList(arguments).contains("--stacktrace")) {
            e.printStackTrace(console.err());
        }
        return WRONG_CALL;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        if (e instanceof ParameterException wrong) {
            return handleParseException(wrong, new String[0]);
        }
        if (e instanceof ModelMismatch) {
            // A table stays one.
            console.err().println(command.getCommandSpec().qualifiedName() + ": " + message(e));
        } else {
            say(command, e instanceof AdjointException ? message(e) : unforeseen(e));
        }
        if (stacktrace.getAsBoolean()) {
            e.printStackTrace(console.err());
        }
        return e instanceof UsageError ? WRONG_CALL : FAILED;
    }

    private void say(CommandLine command, String message) {
        String line = message.strip().replaceAll("\\s*\\R\\s*", "; ");
        console.err().println(command.getCommandSpec().qualifiedName() + ": " + line);
    }

    /// The message of an exception, or its name if it has none.
    static String message(Throwable e) {
        return Objects.requireNonNullElseGet(e.getMessage(), () -> e.getClass().getSimpleName());
    }

    private static String unforeseen(Throwable e) {
        String message = e.getMessage();
        return "internal error: " + e.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + "; --stacktrace shows where";
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String argument = e.getUnmatched().getFirst();
        CommandLine command = e.getCommandLine();
        if (argument.startsWith("-")) {
            String name = argument.replaceFirst("=.*", "");
            return "unknown option " + name + NearestNames.hint(name, options(command));
        }
        List<String> commands = List.copyOf(command.getSubcommands().keySet());
        return commands.isEmpty()
                ? "unexpected argument '" + argument + "'"
                : "unknown command '" + argument + "'" + hint(argument, commands);
    }

    private static String hint(String argument, List<String> commands) {
        String nearest = NearestNames.hint(argument, commands);
        return nearest.isEmpty() ? "; there are " + String.join(", ", commands) : nearest;
    }

    private static List<String> options(CommandLine command) {
        List<String> names = new ArrayList<>();
        for (OptionSpec option : command.getCommandSpec().options()) {
            names.addAll(List.of(option.names()));
        }
        return names.stream().filter(name -> name.startsWith("--")).toList();
    }

    /// picocli's sentence in our words, begun in lower case.
    private static String parse(ParameterException e) {
        String message = message(e);
        String ours = message.replaceFirst("is not an? (int|long)$", "is not a whole number");
        return ours.substring(0, 1).toLowerCase(Locale.ROOT) + ours.substring(1);
    }
}

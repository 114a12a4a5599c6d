package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;

/// The entry point of the `adjoint` command.
public final class Main {
    private Main() {}

    /// Runs the command and ends the process with its exit code.
    ///
    /// @param args the arguments as the shell passed them
    public static void main(String[] args) {
        Console console = Console.system();
        int code = run(console, args);
        console.out().flush();
        System.exit(code);
    }

    /// Runs the command and returns its exit code.
    static int run(Console console, String... args) {
        return AdjointCommand.create(console).execute(args);
    }
}

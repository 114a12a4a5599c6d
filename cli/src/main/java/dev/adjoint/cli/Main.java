package dev.adjoint.cli;

/// The entry point of the `adjoint` command. So far it answers `--version` alone.
public final class Main {
    private Main() {}

    /// Runs the command and ends the process with its exit code.
    ///
    /// @param args the arguments as the shell passed them
    public static void main(String[] args) {
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println("adjoint 0.1.0-SNAPSHOT");
            return;
        }
        System.err.println("adjoint: the only option so far is --version");
        System.exit(2);
    }
}

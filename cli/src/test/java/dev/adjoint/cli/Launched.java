package dev.adjoint.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line in a process of its own.
///
/// @param process the process; its error stream is its output
record Launched(Process process) {
    /// Starts the command with what this process was started with.
    static Launched with(String... args) {
        return after("", args);
    }

    /// The same, in a shell that does something before.
    static Launched after(String shell, String... args) {
        List<String> java = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "--enable-native-access=dev.adjoint.onednn",
                "-cp",
                System.getProperty("java.class.path"),
                "-p",
                System.getProperty("jdk.module.path"),
                "-m",
                "dev.adjoint.cli/dev.adjoint.cli.Main"));
        java.addAll(List.of(args));
        List<String> command = new ArrayList<>(java);
        if (!shell.isEmpty()) {
            command = new ArrayList<>(List.of("sh", "-c", shell + "; exec \"$@\"", "sh"));
            command.addAll(java);
        }
        try {
            return new Launched(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the process as `kill -9` does.
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// What it wrote until its end.
    String output() throws IOException, InterruptedException {
        String all = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return all;
    }

    /// Its exit code, once it has ended.
    int code() {
        return process.exitValue();
    }
}

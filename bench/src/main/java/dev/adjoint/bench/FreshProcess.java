package dev.adjoint.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Java started anew with the options and the modules of this process: what a user waits for who has just called.
///
/// @param main the main class
/// @param options further options for Java
public record FreshProcess(Class<?> main, List<String> options) {
    /// Options that name modules and classes, which are given below, and that would attach tools to the process.
    private static final List<String> OWN = List.of("--module-path", "-p", "-javaagent", "-agentlib", "-Djdk.module.");

    public FreshProcess {
        options = List.copyOf(options);
    }

    /// Runs to the end.
    ///
    /// @return what it wrote
    /// @throws BenchmarkFailure if it ended with an error
    public String run(List<String> arguments) {
        try {
            Process process = new ProcessBuilder(command(arguments))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new BenchmarkFailure(main.getSimpleName() + " " + String.join(" ", arguments)
                        + " ended with code " + code + ": " + output.strip());
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchmarkFailure("interrupted while a process was measured");
        }
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> OWN.stream().noneMatch(option::startsWith))
                .forEach(command::add);
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path", "")));
        Module module = main.getModule();
        if (module.isNamed()) {
            command.addAll(List.of("-p", System.getProperty("jdk.module.path", "")));
            command.addAll(List.of("-m", module.getName() + "/" + main.getName()));
        } else {
            command.add(main.getName());
        }
        return Stream.concat(command.stream(), arguments.stream()).toList();
    }
}

package dev.adjoint.cli;

import dev.adjoint.bench.FreshProcess;
import dev.adjoint.train.diagnosis.Figure;
import dev.adjoint.train.diagnosis.Figures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// From the start of a process to its end: a command that does next to nothing, one epoch of `adjoint train` on the digits,
/// and all of its epochs.
final class StartBenchmark {
    static final String NAME = "start";
    static final String DESCRIPTION =
            "from the start of the process to the end of the first epoch, and of all, on the digits";

    private static final int RUNS = 3;

    private StartBenchmark() {}

    static Figures measure() {
        List<List<Figure>> lines = new ArrayList<>();
        lines.add(line("adjoint --version", List.of("--version")));
        lines.add(line("adjoint train --epochs 1", List.of("train", "--epochs", "1")));
        lines.add(line("adjoint train", List.of("train")));
        return new Figures("start", List.of("command", "median s", "min s", "max s"), lines);
    }

    private static List<Figure> line(String name, List<String> arguments) {
        double[] seconds = new double[RUNS];
        for (int run = 0; run < RUNS; run++) {
            seconds[run] = seconds(arguments);
        }
        Arrays.sort(seconds);
        return List.of(
                new Figure.Word(name),
                new Figure.Real(seconds[RUNS / 2]),
                new Figure.Real(seconds[0]),
                new Figure.Real(seconds[RUNS - 1]));
    }

    private static double seconds(List<String> arguments) {
        try {
            Path folder = Files.createTempDirectory("adjoint-start");
            List<String> all = new ArrayList<>(arguments);
            if (arguments.getFirst().equals("train")) {
                all.addAll(List.of("--json", "--out", folder.resolve("run").toString()));
            }
            long start = System.nanoTime();
            new FreshProcess(Main.class, List.of("-Xlog:disable", "-Xlog:all=error:stderr")).run(all);
            double seconds = 1e-9 * (System.nanoTime() - start);
            delete(folder);
            return seconds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}

package dev.adjoint.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/// Times training steps as `adjoint bench` does: two seconds of warm-up, fifteen blocks of a fifth of a second, or as long
/// as the system properties `warm`, `blocks` and `block` say. Prints one line of names and numbers.
public record Clock(double warmSeconds, int blocks, double blockSeconds, long residentBefore) {
    /// The times that this process was told to take. The memory of the process counts from here: make it before the model.
    public static Clock start() {
        return new Clock(
                Double.parseDouble(System.getProperty("warm", "2")),
                Integer.getInteger("blocks", 15),
                Double.parseDouble(System.getProperty("block", "0.2")),
                resident("VmRSS:"));
    }

    /// Times a step that returns the loss before it.
    public void measure(DoubleSupplier step) {
        long start = System.nanoTime();
        double first = step.getAsDouble();
        double firstMs = since(start);
        double last = first;
        long warm = System.nanoTime();
        int steps = 0;
        do {
            last = step.getAsDouble();
            steps++;
        } while (since(warm) < 1e3 * warmSeconds);
        int perBlock = (int) Math.max(1, blockSeconds * steps / warmSeconds);
        double[] ms = new double[blocks];
        for (int block = 0; block < blocks; block++) {
            long begin = System.nanoTime();
            for (int i = 0; i < perBlock; i++) {
                last = step.getAsDouble();
            }
            ms[block] = since(begin) / perBlock;
        }
        Arrays.sort(ms);
        System.out.printf(
                Locale.ROOT,
                "figures median_ms %.6f min_ms %.6f max_ms %.6f first_ms %.3f loss_first %.6f loss_last %.6f"
                        + " resident_growth %d%n",
                ms[blocks / 2], ms[0], ms[blocks - 1], firstMs, first, last, resident("VmHWM:") - residentBefore);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) * 1e-6;
    }

    /// What Linux states of this process, in bytes; 0 elsewhere.
    private static long resident(String name) {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}

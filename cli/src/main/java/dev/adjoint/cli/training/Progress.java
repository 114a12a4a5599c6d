package dev.adjoint.cli.training;

import dev.adjoint.cli.text.Console;
import dev.adjoint.nn.Sequential;
import dev.adjoint.train.Callback;
import java.util.Locale;

/// Shows how training goes on the error stream: a bar that moves on a terminal, and after every epoch a line that stays.
public final class Progress implements Callback<Sequential> {
    private static final int WIDTH = 24;
    private static final long BETWEEN = 100_000_000;

    private final Console console;
    private long drawn;

    public Progress(Console console) {
        this.console = console;
    }

    @Override
    public void step(StepReport<Sequential> report) {
        long now = System.nanoTime();
        if (!console.terminal() || now - drawn < BETWEEN) {
            return;
        }
        drawn = now;
        int filled = (int) (WIDTH * report.batch() / report.batches());
        String bar = "#".repeat(filled) + "-".repeat(WIDTH - filled);
        console.err()
                .printf(
                        Locale.ROOT,
                        "\repoch %d [%s] %d/%d loss %.4f ",
                        report.epoch(),
                        bar,
                        report.batch(),
                        report.batches(),
                        report.loss());
        console.err().flush();
    }

    @Override
    public void epoch(EpochReport<Sequential> report) {
        String line = String.format(
                Locale.ROOT,
                "epoch %d/%d  train loss %.4f  test loss %.4f  test accuracy %.2f %%  %.1f s",
                report.epoch(),
                report.epochs(),
                report.loss(),
                report.metrics().get("loss"),
                100 * report.metrics().getOrDefault("accuracy", Double.NaN),
                report.seconds());
        // Carriage return, and "erase to the end of the line" of ECMA-48.
        console.err().println(console.terminal() ? "\r\033[K" + line : line);
    }
}

package dev.adjoint.cli.training;

import dev.adjoint.cli.text.Console;
import dev.adjoint.nn.Layer;
import dev.adjoint.train.Callback;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Shows how training goes on the error stream: a bar that moves on a terminal, with the steps in a second and the time that
/// is left of the epoch, and after every epoch a line that stays.
public final class Progress implements Callback<Layer> {
    private static final int WIDTH = 24;
    private static final long BETWEEN = 100_000_000;

    private final Console console;
    private final LongSupplier clock;
    private long drawn;
    private long begun;
    private long before;

    public Progress(Console console) {
        this(console, System::nanoTime);
    }

    Progress(Console console, LongSupplier clock) {
        this.console = console;
        this.clock = clock;
        begin();
    }

    /// The steps from here on are timed. A resumed epoch need not begin with its first batch.
    private void begin() {
        begun = clock.getAsLong();
        before = -1;
    }

    @Override
    public void step(StepReport<Layer> report) {
        long now = clock.getAsLong();
        if (before < 0) {
            before = report.batch() - 1;
        }
        if (!console.terminal() || now - drawn < BETWEEN) {
            return;
        }
        drawn = now;
        int filled = (int) (WIDTH * report.batch() / report.batches());
        console.err()
                .printf(
                        Locale.ROOT,
                        "\r\033[Kepoch %d %s %d/%d  loss %.4f  %s",
                        report.epoch(),
                        bar(filled),
                        report.batch(),
                        report.batches(),
                        report.loss(),
                        pace(report, now));
        console.err().flush();
    }

    private String bar(int filled) {
        String done = "#".repeat(filled);
        // Green, and back, of ECMA-48.
        String shown = console.coloured() ? "\033[32m" + done + "\033[0m" : done;
        return "[" + shown + "-".repeat(WIDTH - filled) + "]";
    }

    private String pace(StepReport<Layer> report, long now) {
        double seconds = (now - begun) * 1e-9;
        double perSecond = (report.batch() - before) / seconds;
        long left = Math.round((report.batches() - report.batch()) / perSecond);
        return String.format(Locale.ROOT, "%.1f steps/s  %d:%02d left", perSecond, left / 60, left % 60);
    }

    @Override
    public void epoch(EpochReport<Layer> report) {
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
        begin();
    }
}

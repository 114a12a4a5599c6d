package dev.adjoint.cli;

import dev.adjoint.bench.KernelCost;
import dev.adjoint.bench.Profile;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Table;
import dev.adjoint.compile.Work;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The kernels of a training step as text and as JSON.
///
/// @param profile what was measured
record ProfileReport(Profile profile) {
    private static final int WIDEST = 60;

    /// One line for each kernel in the order in which they run, then the sums.
    String text() {
        Table table = Table.of("kernel", "writes", ">µs", ">share", ">moved", ">GB/s", ">operations", ">GFLOP/s");
        for (KernelCost kernel : profile.kernels()) {
            row(table, shortened(kernel.operators()), kernel);
        }
        row(table, profile.kernels().size() + " kernels", sum());
        return profile.workload() + "\n" + table + "\nintermediate values " + Decimal.bytes(profile.arenaBytes())
                + "; at most " + Decimal.bytes(profile.peakBytes()) + " at once, state and batch included";
    }

    private KernelCost sum() {
        return new KernelCost("", "", profile.nanoseconds(), profile.work());
    }

    private void row(Table table, String name, KernelCost kernel) {
        table.row(
                name,
                shortened(kernel.results()),
                number(1e-3 * kernel.nanoseconds()),
                String.format(
                        Locale.ROOT, "%.1f %%", 100.0 * kernel.nanoseconds() / Math.max(1, profile.nanoseconds())),
                Decimal.bytes(kernel.work().bytes()),
                number(kernel.gigabytesPerSecond()),
                Decimal.of((double) kernel.work().operations()),
                number(kernel.gigaflops()));
    }

    private static String shortened(String name) {
        return name.length() <= WIDEST ? name : name.substring(0, WIDEST - 1) + "…";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("workload", profile.workload());
        json.put("kernels", profile.kernels().stream().map(ProfileReport::json).toList());
        json.put("nanoseconds", profile.nanoseconds());
        json.put("bytes", profile.work().bytes());
        json.put("operations", profile.work().operations());
        json.put("arena_bytes", profile.arenaBytes());
        json.put("peak_bytes", profile.peakBytes());
        return json;
    }

    private static Map<String, Object> json(KernelCost kernel) {
        Work work = kernel.work();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("operators", kernel.operators());
        json.put("writes", kernel.results());
        json.put("nanoseconds", kernel.nanoseconds());
        json.put("bytes", work.bytes());
        json.put("operations", work.operations());
        return json;
    }
}

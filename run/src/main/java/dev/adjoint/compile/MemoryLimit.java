package dev.adjoint.compile;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.TensorType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// How many bytes a plan may take.
///
/// @param bytes the number
public record MemoryLimit(long bytes) {
    private static final int NAMED = 3;

    /// What this Java machine may take.
    public static MemoryLimit ofThisMachine() {
        return new MemoryLimit(Runtime.getRuntime().maxMemory());
    }

    /// A value and the operator that makes it.
    private record Made(String by, TensorType type) {}

    /// Tests that a plan fits.
    ///
    /// @throws InvalidArgument naming the largest values of a plan that does not, and the ways out
    public void check(Plan plan) {
        long needed = plan.peakBytes();
        if (needed > bytes) {
            throw new InvalidArgument("the plan holds " + text(needed) + " at once, and Java may take " + text(bytes)
                    + "; its largest values are " + largest(plan)
                    + ". Smaller batches take less, and so does CustomRules.checkpoint, which computes values again instead"
                    + " of keeping them; -Xmx lets Java take more");
        }
    }

    private static String largest(Plan plan) {
        List<Made> made = new ArrayList<>();
        for (TensorType argument : plan.arguments()) {
            made.add(new Made("an argument", argument));
        }
        plan.constants().values().forEach(constant -> made.add(new Made("a constant", constant.type())));
        plan.steps()
                .forEach(step -> step.cluster()
                        .graph()
                        .outputs()
                        .forEach(value -> made.add(new Made(value.describe(), value.type()))));
        return made.stream()
                .sorted(Comparator.comparingLong((Made m) -> m.type.bytes()).reversed())
                .limit(NAMED)
                .map(m -> m.type + " (" + text(m.type.bytes()) + ", " + m.by + ")")
                .collect(Collectors.joining(", "));
    }

    private static String text(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
        double amount = bytes;
        int unit = 0;
        for (; amount >= 1024 && unit < units.length - 1; unit++) {
            amount /= 1024;
        }
        return String.format(Locale.ROOT, unit == 0 || amount >= 100 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
    }
}

package dev.adjoint.compile;

import java.util.HashMap;
import java.util.Map;

/// Follows the bytes of a plan's slots through its steps.
final class Liveness {
    private final Map<Integer, Long> alive = new HashMap<>();
    private long bytes;
    private long peak;

    Liveness(Plan plan) {
        for (int i = 0; i < plan.arguments().size(); i++) {
            take(i, plan.arguments().get(i).bytes());
        }
        plan.constants().forEach((slot, constant) -> take(slot, constant.type().bytes()));
        for (Step step : plan.steps()) {
            for (int i = 0; i < step.writes().size(); i++) {
                take(step.writes().get(i), step.cluster().outputTypes().get(i).bytes());
            }
            for (int slot : step.frees()) {
                Long size = alive.remove(slot);
                bytes -= size == null ? 0 : size;
            }
        }
    }

    private void take(int slot, long size) {
        alive.put(slot, size);
        bytes += size;
        peak = Math.max(peak, bytes);
    }

    long peakBytes() {
        return peak;
    }
}

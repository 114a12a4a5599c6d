package dev.adjoint.cli.training;

import dev.adjoint.cli.text.Json;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Kernels;
import java.util.LinkedHashMap;
import java.util.Map;

/// What somebody needs to know who wants to repeat a run: its setting, the digest of its training data, the versions of
/// everything and the machine.
///
/// @param experiment what is computed
/// @param kernels what computes it
record RunRecord(Experiment experiment, Kernels kernels) {
    /// One JSON object.
    String json() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("setting", experiment.configuration().texts());
        record.put("data", experiment.task().facts());
        record.put("versions", versions());
        record.put("machine", machine());
        return Json.text(record) + "\n";
    }

    private static Map<String, Object> versions() {
        Map<String, Object> versions = new LinkedHashMap<>();
        var descriptor = RunRecord.class.getModule().getDescriptor();
        versions.put(
                "adjoint",
                descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown"));
        versions.put("java", Runtime.version().toString());
        return versions;
    }

    private Map<String, Object> machine() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        machine.put("architecture", System.getProperty("os.arch"));
        machine.put("processors", Runtime.getRuntime().availableProcessors());
        machine.put("threads", kernels.workers().threads());
        machine.put("heap_bytes", Runtime.getRuntime().maxMemory());
        machine.put(
                "kernels",
                kernels.providers().stream().map(KernelProvider::name).toList());
        return machine;
    }
}

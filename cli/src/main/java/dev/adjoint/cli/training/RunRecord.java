package dev.adjoint.cli.training;

import dev.adjoint.cli.text.Json;
import dev.adjoint.data.Dataset;
import dev.adjoint.run.Array;
import dev.adjoint.run.KernelProvider;
import dev.adjoint.run.Kernels;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        record.put("setting", experiment.setting().texts());
        record.put("data", data(experiment.train()));
        record.put("versions", versions());
        record.put("machine", machine());
        return Json.text(record) + "\n";
    }

    private static Map<String, Object> data(Dataset train) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("name", train.name());
        data.put("training_examples", train.size());
        data.put("classes", train.classNames().size());
        data.put("training_sha256", digest(train));
        return data;
    }

    /// The SHA-256 of the training features and labels as the network sees them, big-endian f64.
    private static String digest(Dataset train) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (Array numbers : new Array[] {train.features(), train.labels()}) {
                ByteBuffer bytes = ByteBuffer.allocate(8);
                for (double number : numbers.toDoubles()) {
                    sha.update(bytes.putDouble(0, number).array());
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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

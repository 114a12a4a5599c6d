package dev.adjoint.io;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The checkpoints of a training: the last ones as `step-000000000120.safetensors`, and the best one, if any was offered,
/// as `best.safetensors`.
///
/// A file is complete before an older one is deleted, so a good checkpoint is there at every moment.
///
/// @param folder where they are
/// @param keep how many of the last ones are kept, at least 1
public record CheckpointFolder(Path folder, int keep) {
    private static final String BEST = "best.safetensors";
    private static final String COST = "checkpoint.cost";
    private static final String STEP = "step-\\d{12,19}\\.safetensors";

    public CheckpointFolder {
        if (keep < 1) {
            throw new InvalidArgument("a checkpoint folder keeps at least 1 checkpoint, not " + keep);
        }
    }

    /// Saves a state, then deletes those that are too old.
    ///
    /// @param step the number of the step; a later one is a newer checkpoint
    /// @param state a tree of tensors
    /// @param texts free text by name
    /// @throws FileFailure if the disk does not take it; the checkpoints before it stay
    public void save(long step, Object state, Map<String, String> texts) {
        Safetensors.save(folder.resolve("step-%012d.safetensors".formatted(step)), state, texts);
        List<Path> files = files();
        files.subList(Math.min(keep, files.size()), files.size()).forEach(CheckpointFolder::delete);
    }

    /// Saves a state as the best one, if its cost is smaller than that of the best one so far.
    ///
    /// @return whether it is
    /// @throws FileFailure if the disk does not take it; the best one before it stays
    public boolean offer(double cost, Object state, Map<String, String> texts) {
        double least = best().map(file -> Safetensors.read(file).metadata().get(COST))
                .map(Double::valueOf)
                .orElse(Double.POSITIVE_INFINITY);
        if (!(cost < least)) {
            return false;
        }
        Map<String, String> more = new LinkedHashMap<>(texts);
        more.put(COST, Double.toString(cost));
        Safetensors.save(folder.resolve(BEST), state, more);
        return true;
    }

    /// The files of the last checkpoints, newest first.
    ///
    /// @throws FileFailure if the folder cannot be read
    public List<Path> files() {
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(file -> file.getFileName().toString().matches(STEP))
                    .sorted(Comparator.comparingLong(CheckpointFolder::step).reversed())
                    .toList();
        } catch (IOException e) {
            throw FileFailure.of(folder, e);
        }
    }

    /// Whether a file of this name is a checkpoint.
    public static boolean holds(String name) {
        return name.matches(STEP) || name.equals(BEST);
    }

    private static long step(Path file) {
        return Long.parseLong(file.getFileName().toString().replaceAll("\\D", ""));
    }

    /// The file of the newest checkpoint, if there is one.
    public Optional<Path> latest() {
        return files().stream().findFirst();
    }

    /// The file of the best checkpoint, if one was offered.
    public Optional<Path> best() {
        return Optional.of(folder.resolve(BEST)).filter(Files::exists);
    }

    /// What the newest checkpoint holds.
    ///
    /// @throws CorruptFile if it is damaged; the message names the one before it
    /// @throws FileFailure if there is none
    public TensorFile read() {
        Path file = newest();
        try {
            return Safetensors.read(file);
        } catch (CorruptFile e) {
            throw files().stream()
                    .skip(1)
                    .findFirst()
                    .map(before -> offering(file, e, before))
                    .orElse(e);
        }
    }

    private static CorruptFile offering(Path file, CorruptFile e, Path before) {
        String reason = String.valueOf(e.getMessage()).replace(OneLine.of(file.toString()) + ": ", "");
        return new CorruptFile(
                file, reason + "; delete this file to go on from the checkpoint before it, " + before.getFileName(), e);
    }

    /// The state of the newest checkpoint.
    ///
    /// @param like a state of the same form
    /// @throws CorruptFile if it is damaged; the message names the one before it
    /// @throws ModelMismatch if it holds other tensors
    /// @throws FileFailure if there is none
    public <T> T load(T like) {
        read();
        return Safetensors.load(newest(), like);
    }

    private Path newest() {
        return latest().orElseThrow(() -> new FileFailure(folder, "there is no checkpoint in this folder"));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // One checkpoint too many does no harm.
        }
    }
}

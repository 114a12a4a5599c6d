package dev.adjoint.cli.training;

import dev.adjoint.cli.text.TextFile;
import dev.adjoint.io.CheckpointFolder;
import dev.adjoint.io.EventFile;
import dev.adjoint.io.FileFailure;
import dev.adjoint.io.FolderLock;
import dev.adjoint.nn.Layer;
import dev.adjoint.train.TrainState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The folder of a run. Every file is written whole or not at all.
///
/// @param folder where
/// @param keep how many of the last checkpoints are kept
public record RunFolder(Path folder, int keep) {
    private static final List<String> FILES = List.of(
            "model.safetensors",
            "checkpoint",
            "metrics.csv",
            "graph.svg",
            "loss.svg",
            "rate.svg",
            "summary.txt",
            "run.json");

    /// If the newest is damaged, there is one to go on from.
    private static final int KEPT = 2;

    /// What a checkpoint holds beside the state.
    public record Checkpoint(Configuration configuration, History history) {}

    /// Where the last two checkpoints are kept.
    public RunFolder(Path folder) {
        this(folder, KEPT);
    }

    /// Whether files of a run are there.
    public boolean holdsRun() {
        return FILES.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /// Makes the folder if it is not there, and deletes the files of an earlier run in it, but nothing else.
    ///
    /// @throws FileFailure if that cannot be done
    public void prepare() {
        Path checkpoint = folder.resolve("checkpoint");
        try {
            Files.createDirectories(checkpoint);
            delete(folder, FILES);
            delete(checkpoint, List.of());
            if (Files.isDirectory(events())) {
                delete(events(), List.of());
            }
        } catch (IOException e) {
            throw new FileFailure(folder, "the folder cannot be prepared: " + e.getMessage(), e);
        }
    }

    /// Deletes files of these names, checkpoints and event files, and what a killed run left half-written in their place.
    private static void delete(Path folder, List<String> names) throws IOException {
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                String name = finalName(file.getFileName().toString());
                if (names.contains(name) || CheckpointFolder.holds(name) || EventFile.holds(name)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /// The name that a file has, or would have had after its last byte; see [dev.adjoint.io.AtomicFile].
    private static String finalName(String name) {
        return name.replaceFirst("^\\.(.+)\\.[0-9a-f-]{36}\\.tmp$", "$1");
    }

    /// Writes a text file.
    public void write(String name, String text) {
        TextFile.write(folder.resolve(name), text);
    }

    /// Writes the weights.
    public void writeModel(Trained model, Configuration configuration) {
        model.save(folder.resolve("model.safetensors"), configuration);
    }

    /// The weights.
    ///
    /// @throws dev.adjoint.tensor.AdjointException if there are none or they are damaged
    public Trained model() {
        Path file = folder.resolve("model.safetensors");
        if (!Files.exists(file)) {
            throw new FileFailure(file, "no such file; 'adjoint train --out " + folder + "' makes it");
        }
        return Trained.load(file);
    }

    /// Where files for TensorBoard are.
    Path events() {
        return folder.resolve("events");
    }

    /// The file of the last checkpoint, if there is one.
    Optional<Path> latest() {
        return checkpoints().latest();
    }

    private CheckpointFolder checkpoints() {
        return new CheckpointFolder(folder.resolve("checkpoint"), keep);
    }

    /// Keeps other processes out of this folder, which is made if it is not there.
    ///
    /// @throws FileFailure if another process is at work in it, or it cannot be made
    public FolderLock lock() {
        Path checkpoint = folder.resolve("checkpoint");
        try {
            Files.createDirectories(checkpoint);
        } catch (IOException e) {
            throw new FileFailure(folder, "the folder cannot be prepared: " + e.getMessage(), e);
        }
        return FolderLock.of(checkpoint);
    }

    /// Writes all that is needed to go on: state, configuration and history in one file.
    void writeCheckpoint(TrainState<Layer> state, Configuration configuration, History history) {
        Map<String, String> texts = configuration.texts();
        texts.put("history", history.csv());
        texts.put("history.loss_sum", Double.toString(history.lossSum()));
        texts.put("history.steps", Long.toString(history.steps()));
        checkpoints().save(state.steps(), state, texts);
    }

    /// Configuration and history of the last checkpoint.
    ///
    /// @throws dev.adjoint.tensor.AdjointException if there is none or it is damaged
    public Checkpoint checkpoint() {
        Path checkpoint = folder.resolve("checkpoint");
        Path file = Optional.of(checkpoint)
                .filter(Files::isDirectory)
                .flatMap(_ -> checkpoints().latest())
                .orElseThrow(() -> new FileFailure(checkpoint, "no such file; no run was started in this folder"));
        Map<String, String> texts = checkpoints().read().metadata();
        History history = History.parse(
                Configuration.text(texts, "history", file),
                Configuration.text(texts, "history.loss_sum", file),
                Configuration.text(texts, "history.steps", file),
                file);
        return new Checkpoint(Configuration.of(texts, file), history);
    }

    /// The state of the last checkpoint.
    ///
    /// @param like a state of the same run
    /// @throws dev.adjoint.tensor.AdjointException if the file is damaged or holds another network
    public TrainState<Layer> state(TrainState<Layer> like) {
        return checkpoints().load(like);
    }
}

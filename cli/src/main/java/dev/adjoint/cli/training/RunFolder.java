package dev.adjoint.cli.training;

import dev.adjoint.cli.text.TextFile;
import dev.adjoint.io.FileFailure;
import dev.adjoint.io.Safetensors;
import dev.adjoint.nn.Sequential;
import dev.adjoint.train.TrainState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The folder of a run. Every file is written whole or not at all.
///
/// @param folder where
public record RunFolder(Path folder) {
    private static final List<String> FILES =
            List.of("model.safetensors", "checkpoint", "metrics.csv", "graph.svg", "loss.svg", "summary.txt");

    /// What a checkpoint holds beside the state.
    public record Checkpoint(Setting setting, History history) {}

    /// Whether files of a run are there.
    public boolean holdsRun() {
        return FILES.stream().anyMatch(name -> Files.exists(folder.resolve(name)));
    }

    /// Makes the folder if it is not there.
    ///
    /// @throws FileFailure if that cannot be done
    public void create() {
        try {
            Files.createDirectories(folder.resolve("checkpoint"));
        } catch (IOException e) {
            throw new FileFailure(folder, "the folder cannot be made: " + e.getMessage(), e);
        }
    }

    /// Deletes the files of an earlier run, and nothing else.
    ///
    /// @throws FileFailure if that cannot be done
    public void clear() {
        for (String name : FILES) {
            delete(folder.resolve(name));
        }
    }

    private static void delete(Path path) {
        try {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.list(path)) {
                    inside.filter(file -> file.toString().endsWith(".safetensors"))
                            .forEach(RunFolder::delete);
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new FileFailure(path, "cannot be deleted: " + e.getMessage(), e);
        }
    }

    /// Writes a text file.
    public void write(String name, String text) {
        TextFile.write(folder.resolve(name), text);
    }

    /// Writes the weights.
    public void writeModel(TrainedModel model, Setting setting) {
        model.save(folder.resolve("model.safetensors"), setting);
    }

    /// The weights.
    ///
    /// @throws AdjointException if there are none or they are damaged
    public TrainedModel model() {
        Path file = folder.resolve("model.safetensors");
        if (!Files.exists(file)) {
            throw new FileFailure(file, "no such file; 'adjoint train --out " + folder + "' makes it");
        }
        return TrainedModel.load(file);
    }

    private Path checkpointFile() {
        return folder.resolve("checkpoint", "state.safetensors");
    }

    /// Writes all that is needed to go on: state, setting and history in one file.
    void writeCheckpoint(TrainState<Sequential> state, Setting setting, History history) {
        Map<String, String> texts = setting.texts();
        texts.put("history", history.csv());
        texts.put("history.loss_sum", Double.toString(history.lossSum()));
        texts.put("history.steps", Long.toString(history.steps()));
        Safetensors.save(checkpointFile(), state, texts);
    }

    /// Setting and history of the last checkpoint.
    ///
    /// @throws AdjointException if there is none or it is damaged
    public Checkpoint checkpoint() {
        Path file = checkpointFile();
        if (!Files.exists(file)) {
            throw new FileFailure(file, "no such file; there is no run to resume");
        }
        Map<String, String> texts = Safetensors.read(file).metadata();
        History history = History.parse(
                Setting.text(texts, "history", file),
                Setting.text(texts, "history.loss_sum", file),
                Setting.text(texts, "history.steps", file),
                file);
        return new Checkpoint(Setting.of(texts, file), history);
    }

    /// The state of the last checkpoint.
    ///
    /// @param like a state of the same run
    /// @throws AdjointException if the file is damaged or holds another network
    public TrainState<Sequential> state(TrainState<Sequential> like) {
        return Safetensors.load(checkpointFile(), like);
    }
}

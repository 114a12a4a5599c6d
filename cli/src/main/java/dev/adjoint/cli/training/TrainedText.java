package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.text.Characters;
import dev.adjoint.data.text.TextData;
import dev.adjoint.io.Safetensors;
import dev.adjoint.nn.zoo.LanguageModel;
import dev.adjoint.tensor.AdjointException;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A model of text with the characters it knows.
///
/// @param network the model
/// @param characters the characters, in the order of its scores
/// @param context how many characters it was trained on at once
/// @param part what its training held out
public record TrainedText(LanguageModel<?> network, Characters characters, int context, HeldOut part)
        implements Trained {
    @Override
    public List<String> classes() {
        return characters.characters();
    }

    @Override
    public Iterable<Batch> batches(DataSource source) {
        return TextTask.inOrder(text(source));
    }

    @Override
    public Iterable<Batch> heldOut(DataSource source) {
        return TextTask.inOrder(part.split(text(source)).test());
    }

    private TextData text(DataSource source) {
        if (!(source instanceof DataSource.Text text)) {
            throw new InvalidArgument("the model takes text, as in --data text:FILE");
        }
        return TextTask.read(text, text.read(), characters, context);
    }

    @Override
    public void save(Path file, Configuration configuration) {
        Map<String, String> texts = configuration.texts();
        texts.put("characters", String.join("", characters.characters()));
        Safetensors.save(file, network, texts);
    }

    static TrainedText load(Path file, Map<String, String> texts, Selection selection) {
        Characters characters = characters(Configuration.text(texts, "characters", file), file);
        LanguageModel<?> like =
                TextModels.find(selection.name()).orElseThrow().model(Key.of(0), selection, characters.size());
        HeldOut part = HeldOut.of(Configuration.of(texts, file));
        return new TrainedText(Safetensors.load(file, like), characters, TextModels.context(selection), part);
    }

    private static Characters characters(String text, Path file) {
        try {
            return Characters.of(text.codePoints().mapToObj(Character::toString).toList());
        } catch (InvalidArgument e) {
            throw new AdjointException(file + ": the characters in its header are damaged", e);
        }
    }
}

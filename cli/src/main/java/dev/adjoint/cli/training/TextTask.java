package dev.adjoint.cli.training;

import dev.adjoint.data.Batch;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.image.ImageFolder;
import dev.adjoint.data.loader.Loader;
import dev.adjoint.data.text.Characters;
import dev.adjoint.data.text.TextData;
import dev.adjoint.graph.Value;
import dev.adjoint.nn.Layer;
import dev.adjoint.nn.Pass;
import dev.adjoint.nn.Summary;
import dev.adjoint.nn.zoo.LanguageModel;
import dev.adjoint.run.Array;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A text, and a model that gives every character a score of being the next one. The end of the text is held out.
final class TextTask implements Task {
    private static final int TEST_BATCH = 64;

    private final TextModels model;
    private final Selection selection;
    private final Characters characters;
    private final TextData.Parts parts;
    private final HeldOut heldOut;

    /// @throws dev.adjoint.tensor.InvalidArgument if the text is too short, or the sizes do not fit
    TextTask(TextModels model, Selection selection, DataSource.Text source, HeldOut heldOut) {
        this.model = model;
        this.selection = selection;
        this.heldOut = heldOut;
        String text = source.read();
        this.characters = Characters.of(text);
        this.parts = heldOut.split(read(source, text, characters, TextModels.context(selection)));
        init(Key.of(0));
    }

    /// A text in windows, under the name of its file.
    static TextData read(DataSource.Text source, String text, Characters characters, int context) {
        return TextData.of(title(source), text, characters, context);
    }

    private static String title(DataSource.Text source) {
        return String.valueOf(source.file().getFileName()).replaceFirst("\\.(txt|txt\\.gz|gz)$", "");
    }

    @Override
    public LanguageModel<?> init(Key key) {
        return model.model(key, selection, characters.size());
    }

    @Override
    public Summary layers(Layer network, Batch batch) {
        Layer typed = Tree.map(network, w -> Value.input("w", w.type()));
        var scores = typed.apply(Value.input("x", batch.features().type()), Pass.evaluation());
        return new Summary(List.of(new Summary.Row(
                model.label(), network.getClass().getSimpleName(), scores.type(), Summary.weights(network))));
    }

    @Override
    public TextData train() {
        return parts.train();
    }

    @Override
    public Loader loader(int batchSize) {
        return Loader.of(parts.train(), batchSize);
    }

    @Override
    public Iterable<Batch> test() {
        return inOrder(parts.test());
    }

    /// All windows of a text in their order.
    static List<Batch> inOrder(TextData text) {
        List<Batch> batches = new ArrayList<>();
        for (int from = 0; from < text.size(); from += TEST_BATCH) {
            batches.add(text.batch(IntStream.range(from, Math.min(from + TEST_BATCH, text.size()))
                    .toArray()));
        }
        return batches;
    }

    @Override
    public long classes() {
        return characters.size();
    }

    @Override
    public String dataName() {
        return parts.train().name();
    }

    @Override
    public Map<String, Object> facts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", dataName());
        facts.put("training_characters", parts.train().length());
        facts.put("test_characters", parts.test().length());
        facts.put("characters", characters.size());
        Fingerprint fingerprint = new Fingerprint();
        for (Batch batch : inOrder(parts.train())) {
            fingerprint.add(Array.of(batch.features()).toDoubles());
        }
        facts.put("training_sha256", fingerprint.hex());
        return facts;
    }

    @Override
    public List<ImageFolder.Corrupt> leftOut() {
        return List.of();
    }

    @Override
    public TrainedText trained(Layer network) {
        return new TrainedText((LanguageModel<?>) network, characters, TextModels.context(selection), heldOut);
    }
}

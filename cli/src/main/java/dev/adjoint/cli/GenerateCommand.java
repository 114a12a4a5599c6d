package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Json;
import dev.adjoint.cli.training.Continuation;
import dev.adjoint.cli.training.RunFolder;
import dev.adjoint.cli.training.TrainedText;
import dev.adjoint.data.text.Characters;
import dev.adjoint.nn.zoo.Generator;
import dev.adjoint.tensor.Key;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint generate`: writes with a trained model of text.
@Command(
        name = "generate",
        description = "Writes with a model of text, a character at a time.",
        footer = {"", "With --json: {\"prompt\", \"text\"}, where the text is what follows the prompt."})
final class GenerateCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DIR", description = "The folder that 'adjoint train' wrote.")
    private Path folder = Path.of("");

    @Option(names = "--prompt", paramLabel = "TEXT", description = "What the text begins with (default: a new line).")
    private String prompt = "";

    @Option(names = "--length", paramLabel = "N", description = "How many characters follow (default: 500).")
    private int length = 500;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description =
                    "0 for always the likeliest, 1 for as the model says, above that more at random (default: 0.8).")
    private double temperature = 0.8;

    @Option(names = "--top-k", paramLabel = "K", description = "Only from the K likeliest characters (default: all).")
    private Optional<Integer> highest = Optional.empty();

    @Option(names = "--seed", paramLabel = "S", description = "What chance comes from (default: 1).")
    private long seed = 1;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    GenerateCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (length < 1) {
            throw new UsageError("--length must be at least 1, not " + length);
        }
        if (!(new RunFolder(folder).model() instanceof TrainedText model)) {
            throw new UsageError(folder + " holds no model of text; 'adjoint predict " + folder
                    + " --data D' says what it finds in examples");
        }
        Characters characters = model.characters();
        int[] tokens = Named.checked(() -> characters.encode(prompt.isEmpty() ? opening(characters) : prompt));
        Generator.Choice choice = Named.checked(() -> choice(characters.size()));
        StringBuilder text = new StringBuilder();
        console.out().print(json ? "" : prompt);
        Continuation.of(model.network(), choice).write(tokens, length, Key.of(seed), token -> {
            String character = characters.decode(token);
            text.append(character);
            if (!json) {
                console.out().print(character);
                console.out().flush();
            }
        });
        finish(text);
        return 0;
    }

    private void finish(StringBuilder text) {
        if (json) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("prompt", prompt);
            object.put("text", text);
            Json.print(console.out(), object);
        } else {
            console.out().println();
        }
    }

    /// A new line, where the model knows one: what follows begins like a line of the text.
    private static String opening(Characters characters) {
        return characters.characters().contains("\n") ? "\n" : characters.decode(0);
    }

    private Generator.Choice choice(int vocabulary) {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new UsageError("--temperature must be at least 0, not " + temperature);
        }
        Generator.Choice choice =
                temperature == 0 ? Generator.Choice.likeliest() : Generator.Choice.sampled(temperature);
        highest.filter(k -> k < 1 || k > vocabulary).ifPresent(k -> {
            throw new UsageError("--top-k must lie between 1 and the " + vocabulary
                    + " characters that the model knows, not at " + k);
        });
        return highest.map(k -> choice.amongHighest((long) k)).orElse(choice);
    }
}

package dev.adjoint.cli.training;

import dev.adjoint.nn.Summary;
import dev.adjoint.nn.zoo.Models;
import dev.adjoint.tensor.Key;
import dev.adjoint.tensor.Shape;
import java.util.List;
import java.util.stream.Stream;

/// What is to be known of a network before it is chosen.
///
/// @param name on the command line
/// @param description what it is
/// @param input what it takes
/// @param reference the example that the parameters are counted for
/// @param classes as many scores
/// @param parameters how many numbers it learns
public record ModelFacts(
        String name, String description, String input, String reference, long classes, long parameters) {
    private static final Shape SMALL = Shape.of(1, 28, 28);
    private static final Shape LARGE = Shape.of(3, 224, 224);
    private static final long CHARACTERS = 65;

    /// The facts of all networks.
    public static List<ModelFacts> all() {
        return Stream.concat(
                        Stream.of(Models.values()).map(ModelFacts::of),
                        Stream.of(TextModels.values()).map(ModelFacts::of))
                .toList();
    }

    private static ModelFacts of(Models model) {
        boolean large = switch (model) {
            case LENET, LENET5, MLP, LINEAR -> false;
            default -> true;
        };
        Shape example = large ? LARGE : SMALL;
        long classes = large ? 1000 : 10;
        String[] parts = model.description().split("; ", 2);
        return new ModelFacts(
                model.label(),
                parts[0],
                parts.length == 1 ? "" : parts[1],
                example.toString(),
                classes,
                Summary.weights(model.init(Key.of(0), example, classes)));
    }

    private static ModelFacts of(TextModels model) {
        String[] parts = model.description().split("; ", 2);
        return new ModelFacts(
                model.label(),
                parts[0],
                "text, a character at a time; " + parts[1],
                "text of " + CHARACTERS + " characters",
                CHARACTERS,
                model.weights(CHARACTERS));
    }
}

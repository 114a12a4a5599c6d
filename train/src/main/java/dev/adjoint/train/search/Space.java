package dev.adjoint.train.search;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The settings that may be tried.
///
/// {@snippet :
/// Space space = Space.empty()
///         .with("optimizer", new Choice.OneOf(List.of("adam", "lion")))
///         .with("lr", new Choice.LogUniform(1e-4, 1e-1));
/// List<Map<String, String>> tries = space.random(20, Key.of(1));
/// }
///
/// @param choices what every setting may be, in order
public record Space(Map<String, Choice> choices) {
    public Space {
        choices = Collections.unmodifiableMap(new LinkedHashMap<>(choices));
    }

    /// No settings yet.
    public static Space empty() {
        return new Space(Map.of());
    }

    /// With one more setting.
    public Space with(String name, Choice choice) {
        Map<String, Choice> more = new LinkedHashMap<>(choices);
        more.put(name, choice);
        return new Space(more);
    }

    /// Every combination; the last setting changes fastest.
    ///
    /// @throws InvalidArgument if a choice is a range
    public List<Map<String, String>> grid() {
        List<Map<String, String>> grid = List.of(Map.of());
        for (Map.Entry<String, Choice> setting : choices.entrySet()) {
            if (!(setting.getValue() instanceof Choice.OneOf list)) {
                throw new InvalidArgument("a grid needs lists, but '" + setting.getKey() + "' is a range; list its"
                        + " values or search at random");
            }
            List<Map<String, String>> longer = new ArrayList<>();
            for (Map<String, String> settings : grid) {
                for (String text : list.texts()) {
                    Map<String, String> more = new LinkedHashMap<>(settings);
                    more.put(setting.getKey(), text);
                    longer.add(more);
                }
            }
            grid = longer;
        }
        return grid;
    }

    /// So many settings, drawn independently. The same key gives the same settings.
    ///
    /// Source: Bergstra, Bengio, "Random search for hyper-parameter optimization", JMLR 2012.
    public List<Map<String, String>> random(int count, Key key) {
        List<Map<String, String>> drawn = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Key own = key.fold(i);
            Map<String, String> settings = new LinkedHashMap<>();
            choices.forEach((name, choice) -> settings.put(name, choice.at(own.uniform(settings.size()))));
            drawn.add(settings);
        }
        return List.copyOf(drawn);
    }
}

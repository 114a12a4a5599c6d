package dev.adjoint.cli.training;

import dev.adjoint.tensor.InvalidArgument;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Something chosen by name, with settings of its own: `adamw,beta2=0.95`. A part without `=` belongs to the value before
/// it: `multi-step,milestones=30,60`.
///
/// @param name what is chosen
/// @param settings its settings by name
public record Selection(String name, Map<String, String> settings) {
    /// The selection that a text says.
    ///
    /// @throws InvalidArgument if it says none
    public static Selection parse(String text) {
        String[] parts = text.split(",", -1);
        Map<String, String> settings = new LinkedHashMap<>();
        String last = "";
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            if (equals < 1 && last.isEmpty()) {
                throw new InvalidArgument("'" + text + "' is no selection: after the name come settings, such as "
                        + parts[0] + ",NAME=VALUE");
            }
            if (equals < 1) {
                settings.merge(last, parts[i].strip(), (before, more) -> before + "," + more);
            } else {
                last = parts[i].substring(0, equals).strip();
                settings.put(last, parts[i].substring(equals + 1).strip());
            }
        }
        return new Selection(parts[0].strip(), settings);
    }

    /// A whole number from 1 on among the settings.
    ///
    /// @param usual the number if it is not set
    /// @throws InvalidArgument if it is none
    long count(String setting, long usual) {
        return Long.parseLong(read(setting, Kind.COUNT, Long.toString(usual)));
    }

    /// A number from 0 to below 1 among the settings.
    ///
    /// @param usual the number if it is not set
    /// @throws InvalidArgument if it is none
    double share(String setting, double usual) {
        return Double.parseDouble(read(setting, Kind.SHARE, Double.toString(usual)));
    }

    private String read(String setting, Kind kind, String usual) {
        try {
            return kind.read(Objects.requireNonNull(settings.getOrDefault(setting, usual)));
        } catch (InvalidArgument e) {
            String reason = String.valueOf(e.getMessage());
            throw new InvalidArgument(name + ": " + setting + (reason.startsWith("'") ? ": " : " ") + reason);
        }
    }
}

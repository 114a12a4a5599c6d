package dev.adjoint.cli;

import dev.adjoint.cli.training.Configuration;
import dev.adjoint.cli.training.Kind;
import dev.adjoint.cli.training.Setting;
import dev.adjoint.cli.training.SettingsFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// The settings of a training as options of a command: one for each [Setting], and `--config` for a file of them. What
/// an option says stands above what the file says.
final class TrainingOptions {
    private final Map<Setting, OptionSpec> options = new EnumMap<>(Setting.class);
    private final OptionSpec file = OptionSpec.builder("--config")
            .arity("1")
            .type(Path.class)
            .paramLabel("FILE")
            .description("A file of settings in TOML: the options here without their dashes. Options stand above it.")
            .build();

    /// @param settings those that the command has
    TrainingOptions(List<Setting> settings) {
        for (Setting setting : settings) {
            boolean flag = setting.kind() == Kind.FLAG;
            options.put(
                    setting,
                    OptionSpec.builder("--" + setting.label())
                            .arity(flag ? "0" : "1")
                            .type(flag ? Boolean.class : String.class)
                            .paramLabel(setting.parameter())
                            .description(setting.meaning())
                            .completionCandidates(setting.names())
                            .build());
        }
    }

    /// The options for a command.
    CommandSpec spec() {
        CommandSpec spec = CommandSpec.create();
        List<OptionSpec> all = new ArrayList<>(options.values());
        all.add(file);
        all.forEach(spec::addOption);
        return spec;
    }

    /// What was given.
    ///
    /// @throws dev.adjoint.io.FileFailure if the file cannot be read
    Configuration read() {
        return Named.checked(() -> {
            Configuration configuration = Configuration.empty();
            for (Map.Entry<Setting, OptionSpec> option : options.entrySet()) {
                Object value = option.getValue().getValue();
                if (value != null) {
                    configuration = configuration.with(option.getKey(), value.toString());
                }
            }
            Path path = file.getValue();
            return path == null ? configuration : configuration.or(SettingsFile.read(path));
        });
    }
}

package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `adjoint data`: what there is to learn from.
@Command(
        name = "data",
        description = "Lists, describes and downloads data sets.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Data is named by one of the names in the list, or by where it is: csv:FILE, idx:FOLDER,",
            "images:FOLDER, images:FOLDER@32x32 (all brought to that size) and text:FILE."
        })
final class DataCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    static CommandLine create(Console console) {
        return new CommandLine(new DataCommand())
                .addSubcommand(new DataListCommand(console))
                .addSubcommand(new DataDescribeCommand(console))
                .addSubcommand(new DataFetchCommand(console));
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "a command is missing; there are "
                        + String.join(", ", spec.subcommands().keySet()));
    }
}

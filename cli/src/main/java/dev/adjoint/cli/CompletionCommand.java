package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `adjoint completion`: a script that completes commands, options and names in a shell.
@Command(
        name = "completion",
        description = "Prints a script that completes commands, options and names in a shell.",
        footer = {
            "",
            "For bash, in ~/.bashrc:",
            "  source <(adjoint completion bash)",
            "or once for all users:",
            "  adjoint completion bash > /etc/bash_completion.d/adjoint",
            "",
            "For zsh, in ~/.zshrc:",
            "  autoload -U +X compinit && compinit && source <(adjoint completion zsh)"
        })
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw new UsageError("no completion for '" + shell + "'; there are bash, zsh");
        }
        // One script for both: in zsh it loads bashcompinit itself.
        console.out().println(AutoComplete.bash("adjoint", spec.root().commandLine()));
        return 0;
    }
}

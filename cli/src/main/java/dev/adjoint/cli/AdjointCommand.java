package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// The command `adjoint` with its subcommands.
@Command(
        name = "adjoint",
        description = "Differentiable programming and neural networks for the JVM.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = AdjointCommand.Version.class,
        footer = {"", "Exit codes: 0 done; 1 the work failed; 2 the call was wrong."})
final class AdjointCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this help.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean version;

    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Shows the Java stack trace of an error.")
    private boolean stacktrace;

    /// The command line, writing to the console and nowhere else.
    static CommandLine create(Console console) {
        AdjointCommand root = new AdjointCommand();
        CommandLine explain = new CommandLine(new ExplainCommand(console));
        explain.setUnmatchedOptionsArePositionalParams(true);
        CommandLine line = new CommandLine(root)
                .addSubcommand(explain)
                .addSubcommand(TrainCommand.create(console))
                .addSubcommand(new PredictCommand(console))
                .addSubcommand(new EvalCommand(console))
                .addSubcommand(new GenerateCommand(console))
                .addSubcommand(new ModelsCommand(console))
                .addSubcommand(DataCommand.create(console))
                .addSubcommand(new SummaryCommand(console))
                .addSubcommand(DiagnoseCommand.create(console))
                .addSubcommand(FindRateCommand.create(console))
                .addSubcommand(new CheckCommand(console))
                .addSubcommand(new OpsCommand(console))
                .addSubcommand(new BenchCommand(console))
                .addSubcommand(new DoctorCommand(console))
                .addSubcommand(new CompletionCommand(console));
        line.setUsageHelpWidth(100);
        line.setPosixClusteredShortOptionsAllowed(false);
        line.setOut(writer(console.out()));
        line.setErr(writer(console.err()));
        Failures failures = new Failures(console, () -> root.stacktrace);
        line.setParameterExceptionHandler(failures);
        line.setExecutionExceptionHandler(failures);
        return line;
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /// Without a subcommand there is nothing to do, so we say what there is.
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(),
                "a command is missing; there are "
                        + String.join(", ", spec.subcommands().keySet()) + "; 'adjoint --help' says more");
    }

    /// The version that the module was compiled with.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            var descriptor = AdjointCommand.class.getModule().getDescriptor();
            String version =
                    descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
            return new String[] {"adjoint " + version};
        }
    }
}

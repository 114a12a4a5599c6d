package dev.adjoint.cli;

import dev.adjoint.cli.text.Console;
import dev.adjoint.cli.text.Decimal;
import dev.adjoint.cli.text.Json;
import dev.adjoint.data.catalog.DataSource;
import dev.adjoint.data.download.Downloader;
import dev.adjoint.data.download.Progress;
import dev.adjoint.data.download.RemoteFile;
import dev.adjoint.data.download.RemoteSet;
import dev.adjoint.tensor.NearestNames;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `adjoint data fetch`: downloads a data set and checks it.
@Command(
        name = "fetch",
        description = "Downloads a data set and checks it by SHA-256; a broken download goes on where it stopped.",
        footer = {"", "With --json: {\"name\", \"folder\", \"data\", \"files\": {name: SHA-256 …}, \"bytes\"}."})
final class DataFetchCommand implements Callable<Integer> {
    /// Carriage return, and "erase to the end of the line" of ECMA-48.
    private static final String ERASED = "\r\033[K";

    private final Console console;

    @Parameters(paramLabel = "NAME", description = "mnist or fashion-mnist.")
    private String name = "";

    @Option(names = "--mirror", paramLabel = "URL", description = "A folder on a server that has the files.")
    private Optional<String> mirror = Optional.empty();

    @Option(names = "--to", paramLabel = "FOLDER", description = "Where to put the files (default: datasets/NAME).")
    private Optional<Path> to = Optional.empty();

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    DataFetchCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        RemoteSet set = Named.checked(() -> RemoteSet.named(name)
                .orElseThrow(() -> NearestNames.unknown(
                        "data set to download",
                        name,
                        RemoteSet.all().stream().map(RemoteSet::label).toList())));
        URI source = Named.checked(() -> mirror.map(Downloader::mirror).orElse(set.mirror()));
        Path folder = to.orElseGet(() -> DataSource.Downloaded.folder(set));
        try {
            Downloader.create().progress(progress()).fetch(source, set.files(), folder);
        } finally {
            // A message must not stand behind the line that moves.
            console.err().print(console.terminal() ? ERASED : "");
        }
        if (json) {
            Json.print(console.out(), json(set, folder));
        } else {
            console.out().println(set.label() + " is in " + folder + "; train with --data idx:" + folder);
        }
        return 0;
    }

    /// On a terminal a line that moves; when a file is complete a line that stays.
    private Progress progress() {
        return new Progress() {
            @Override
            public void at(RemoteFile file, long done) {
                if (console.terminal()) {
                    console.err()
                            .print(ERASED + file.name() + "  " + Decimal.bytes(done) + " of "
                                    + Decimal.bytes(file.bytes()));
                    console.err().flush();
                }
            }

            @Override
            public void verified(RemoteFile file) {
                String line = file.name() + "  " + Decimal.bytes(file.bytes());
                console.err().println(console.terminal() ? ERASED + line : line);
            }
        };
    }

    private static Map<String, Object> json(RemoteSet set, Path folder) {
        Map<String, Object> files = new LinkedHashMap<>();
        set.files().forEach(file -> files.put(file.name(), file.sha256()));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", set.label());
        json.put("folder", folder);
        json.put("data", "idx:" + folder);
        json.put("files", files);
        json.put("bytes", set.bytes());
        return json;
    }
}

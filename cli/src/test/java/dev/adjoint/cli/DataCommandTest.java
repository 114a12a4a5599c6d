package dev.adjoint.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DataCommandTest {
    @TempDir
    private Path folder;

    private static Called wrong(String message) {
        return new Called(2, "", "adjoint data " + message + System.lineSeparator());
    }

    private static Called failed(String message) {
        return new Called(1, "", "adjoint data " + message + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "describe", "fetch"})
    void everyCommandHasHelp(String command) {
        Called called = Called.with("data", command, "--help");
        assertThat(called.code()).isZero();
        assertThat(called.out()).startsWith("Usage: adjoint data " + command).contains("--json", "--stacktrace");
    }

    @Test
    void listsWhatHasAName() {
        JsonNode sets = Called.with("data", "list", "--json").json().get("datasets");
        assertThat(sets.get(0).propertyNames())
                .containsExactly("name", "origin", "examples", "example", "classes", "licence");
        assertThat(sets.size()).isEqualTo(12);
        assertThat(Called.with("data", "list").out())
                .containsPattern("digits +embedded +1797 +\\[1,8,8] +10 +CC BY 4.0")
                .containsPattern("moons +generated +500 +\\[2] +2 +none needed")
                .containsPattern("fashion-mnist +download +70000 +\\[1,28,28] +10 +MIT");
    }

    @Test
    void describesATable() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "x,colour,y\n1,red,yes\n,blue,no\n4,?,no\n");
        assertThat(Called.with("data", "describe", "csv:" + file).out()).isEqualToNormalizingNewlines("""
                t: table, 3 examples, f32[3,3]

                class  examples
                no            2
                yes           1

                feature  type           least  most  mean  missing
                x        number             1     4   2.5        1
                colour   category of 2                           1
                """);
        JsonNode json =
                Called.with("data", "describe", file.toString(), "--json").json();
        assertThat(json.propertyNames())
                .containsExactly("name", "kind", "examples", "type", "classes", "columns", "notes");
        assertThat(json.get("columns").get(0).get("mean").asDouble()).isEqualTo(2.5);
        assertThat(json.get("columns").get(1).get("least").isNull()).isTrue();
    }

    @Test
    void describesText() throws IOException {
        Path file = Files.writeString(folder.resolve("t.txt"), "To be,\nor not\n");
        assertThat(Called.with("data", "describe", "text:" + file).out()).isEqualToNormalizingNewlines("""
                t.txt: text, 14 characters
                different characters: 10
                lines: 2
                words: 4
                """);
    }

    @Test
    void namesThatMeanNothing() {
        assertThat(Called.with("data", "describe", "mons"))
                .isEqualTo(wrong("describe: no data set is called 'mons'; did you mean 'moons'?"));
        assertThat(Called.with("data", "fetch", "mnits"))
                .isEqualTo(wrong("fetch: no data set to download is called 'mnits'; did you mean 'mnist'?"));
        assertThat(Called.with("data", "fetch", "mnist", "--mirror", "here"))
                .isEqualTo(wrong("fetch: a mirror is an address such as https://example.org/mnist/, not 'here'"));
        assertThat(Called.with("data"))
                .isEqualTo(new Called(
                        2,
                        "",
                        "adjoint data: a command is missing; there are list, describe, fetch"
                                + System.lineSeparator()));
        assertThat(Called.with("data", "lits"))
                .isEqualTo(new Called(
                        2, "", "adjoint data: unknown command 'lits'; did you mean list?" + System.lineSeparator()));
    }

    @Test
    void dataThatCannotBeRead() throws IOException {
        Path file = Files.writeString(folder.resolve("t.csv"), "x,y\n1,0\n2,1\nthree,0\n");
        assertThat(Called.with("data", "describe", "csv:" + file))
                .isEqualTo(failed("describe: " + file + ": line 4, column 1 (x): 'three' is not a number"));
        assertThat(Called.with("data", "describe", "idx:" + folder).err())
                .startsWith("adjoint data describe: " + folder + ": holds no IDX images; ")
                .hasLineCount(1);
        assertThat(Called.with("data", "describe", "images:" + folder).err())
                .isEqualTo("adjoint data describe: " + folder
                        + ": has no sub-folders; expected is one for each class, with its images"
                        + System.lineSeparator());
        Path absent = folder.resolve("absent.txt");
        assertThat(Called.with("data", "describe", "text:" + absent))
                .isEqualTo(failed("describe: " + absent + ": no such file"));
    }

    @Test
    void aServerThatIsNotThere() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String mirror = "http://127.0.0.1:" + port + "/mnist/";
        Path target = folder.resolve("mnist");
        assertThat(Called.with("data", "fetch", "mnist", "--mirror", mirror, "--to", target.toString()))
                .isEqualTo(failed("fetch: " + mirror + "train-images-idx3-ubyte.gz: the server cannot be reached; check"
                        + " the network or name another server with --mirror"));
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(Called.with("data", "fetch", "mnist", "--mirror", mirror, "--to", file.toString()))
                .isEqualTo(failed("fetch: " + file + ": is a file, not a folder"));
    }

    /// A server that knows one answer: as many zeros as the file has bytes.
    @Test
    void whatIsNotTheFileIsKeptAside() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = Thread.ofVirtual().start(() -> answer(server, 9_912_422));
            String mirror = "http://127.0.0.1:" + server.getLocalPort() + "/";
            Called called = Called.with("data", "fetch", "mnist", "--mirror", mirror, "--to", folder.toString());
            answering.join();
            assertThat(called.code()).isEqualTo(1);
            assertThat(called.err())
                    .contains(mirror + "train-images-idx3-ubyte.gz: what came has the SHA-256 digest ")
                    .contains("it is kept as " + folder.resolve("train-images-idx3-ubyte.gz.rejected"))
                    .endsWith("; try again or use another mirror" + System.lineSeparator())
                    .hasLineCount(1);
            assertThat(folder.resolve("train-images-idx3-ubyte.gz")).doesNotExist();
        }
    }

    private static void answer(ServerSocket server, int length) {
        try (Socket socket = server.accept();
                OutputStream out = socket.getOutputStream()) {
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\nConnection: close\r\n\r\n";
            assertThat(socket.getInputStream().read(new byte[4096])).isPositive();
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[length]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void generatedSetsAndTypedTablesAreTrainedOn() throws IOException {
        for (String data : List.of("moons", "csv:" + table())) {
            Called called = Called.with(
                    "train",
                    "--data",
                    data,
                    "--epochs",
                    "30",
                    "--batch",
                    "16",
                    "--json",
                    "--out",
                    folder.resolve(data.substring(0, 3)).toString());
            assertThat(called.code()).as(called.err()).isZero();
            assertThat(called.json().get("test_accuracy").asDouble()).isGreaterThan(0.8);
        }
    }

    /// The class is the colour; every fifth length is missing.
    private Path table() throws IOException {
        StringBuilder text = new StringBuilder("length,colour,class\n");
        for (int i = 0; i < 100; i++) {
            text.append(i % 5 == 0 ? "" : i % 7).append(i % 2 == 0 ? ",red,warm\n" : ",blue,cold\n");
        }
        return Files.writeString(folder.resolve("colours.csv"), text);
    }
}

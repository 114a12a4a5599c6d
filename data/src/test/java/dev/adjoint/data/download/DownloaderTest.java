package dev.adjoint.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.Key;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Against a server on this machine that can be told to misbehave.
class DownloaderTest {
    private static final byte[] CONTENT = content(300_000);
    private static final RemoteFile FILE = new RemoteFile("numbers.bin", CONTENT.length, sha256(CONTENT));

    @TempDir
    Path folder;

    private final List<String> ranges = new ArrayList<>();
    private HttpServer server;
    private URI mirror;
    private Answer answer = Answer.RANGES;

    private enum Answer {
        RANGES,
        WHOLE,
        CUT,
        STALLED,
        OTHER_CONTENT,
        LONGER,
        WRONG_RANGE
    }

    private static byte[] content(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (256 * Key.of(2).uniform(i));
        }
        return bytes;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/sets/numbers.bin", this::respond);
        server.start();
        mirror = Downloader.mirror("http://127.0.0.1:" + server.getAddress().getPort() + "/sets");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void respond(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(String.valueOf(range));
        boolean partly = range != null && answer != Answer.WHOLE;
        int from = partly ? Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1")) : 0;
        if (partly) {
            int told = answer == Answer.WRONG_RANGE ? 0 : from;
            exchange.getResponseHeaders()
                    .add("Content-Range", "bytes " + told + "-" + (CONTENT.length - 1) + "/" + CONTENT.length);
        }
        byte[] body = Arrays.copyOfRange(CONTENT, from, CONTENT.length);
        if (answer == Answer.OTHER_CONTENT) {
            body[body.length - 1]++;
        }
        if (answer == Answer.LONGER) {
            body = Arrays.copyOf(body, body.length + 1);
        }
        exchange.sendResponseHeaders(partly ? 206 : 200, body.length);
        int sent = answer == Answer.CUT || answer == Answer.STALLED ? 100_000 : body.length;
        exchange.getResponseBody().write(body, 0, sent);
        exchange.getResponseBody().flush();
        if (answer == Answer.STALLED) {
            sleep();
        }
        exchange.close();
    }

    private static void sleep() {
        try {
            Thread.sleep(1500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fetch() {
        Downloader.create().fetch(mirror, List.of(FILE), folder);
    }

    private Path file(String ending) {
        return folder.resolve("numbers.bin" + ending);
    }

    private String address() {
        return mirror + "numbers.bin";
    }

    @Test
    void bringsAFileOnce() throws IOException {
        List<Long> told = new ArrayList<>();
        Path deep = folder.resolve("a/b");
        Downloader.create().progress((_, done) -> told.add(done)).fetch(mirror, List.of(FILE), deep);
        assertThat(deep.resolve("numbers.bin")).hasBinaryContent(CONTENT);
        assertThat(deep.resolve("numbers.bin.part")).doesNotExist();
        assertThat(told)
                .startsWith(0L)
                .endsWith((long) CONTENT.length)
                .isSorted()
                .doesNotHaveDuplicates();
        Downloader.create().fetch(mirror, List.of(FILE), deep);
        assertThat(ranges).containsExactly("null");
    }

    @Test
    void aBrokenDownloadGoesOnWhereItStopped() throws IOException {
        answer = Answer.CUT;
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DownloadFailure.class)
                .hasMessageMatching("\\Q" + address() + "\\E: the connection (broke|ended) after \\d+ of 300000 bytes;"
                        + " they are kept, and the same call goes on from there");
        long kept = Files.size(file(".part"));
        assertThat(kept).isPositive();
        answer = Answer.RANGES;
        fetch();
        assertThat(file("")).hasBinaryContent(CONTENT);
        assertThat(ranges).containsExactly("null", "bytes=" + kept + "-");
    }

    @Test
    void aServerWithoutRangesSendsAllAnew() throws IOException {
        Files.write(file(".part"), new byte[1000]);
        answer = Answer.WHOLE;
        fetch();
        assertThat(file("")).hasBinaryContent(CONTENT);
        assertThat(ranges).containsExactly("bytes=1000-");
    }

    @Test
    void anotherRangeIsNotAppended() throws IOException {
        Files.write(file(".part"), Arrays.copyOf(CONTENT, 1000));
        answer = Answer.WRONG_RANGE;
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DownloadFailure.class)
                .hasMessage(
                        address() + ": the server answers with status 206 (not the range that was asked for); is the"
                                + " mirror right?");
        assertThat(file(".part")).hasSize(1000);
    }

    @Test
    void aPartThatIsTooLongIsNoPart() throws IOException {
        Files.write(file(".part"), new byte[CONTENT.length + 1]);
        fetch();
        assertThat(file("")).hasBinaryContent(CONTENT);
    }

    @Test
    void aPartThatIsWholeNeedsNoServer() throws IOException {
        Files.write(file(".part"), CONTENT);
        server.stop(0);
        fetch();
        assertThat(file("")).hasBinaryContent(CONTENT);
    }

    @Test
    void anotherDigestIsKeptAside() {
        answer = Answer.OTHER_CONTENT;
        byte[] other = CONTENT.clone();
        other[other.length - 1]++;
        assertThatThrownBy(this::fetch)
                .isInstanceOfSatisfying(DigestMismatch.class, mismatch -> {
                    assertThat(mismatch.expected()).isEqualTo(FILE.sha256());
                    assertThat(mismatch.found()).isEqualTo(sha256(other));
                })
                .hasMessage(address() + ": what came has the SHA-256 digest " + sha256(other) + ", but " + FILE.sha256()
                        + " is expected; it is kept as " + file(".rejected") + "; try again or use another mirror");
        assertThat(file("")).doesNotExist();
        assertThat(file(".part")).doesNotExist();
        assertThat(file(".rejected")).hasBinaryContent(other);
        answer = Answer.RANGES;
        fetch();
        assertThat(file("")).hasBinaryContent(CONTENT);
    }

    @Test
    void aFileThatIsThereWithAnotherDigestIsNotReplaced() throws IOException {
        Files.write(file(""), new byte[] {1});
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DigestMismatch.class)
                .hasMessage(file("") + ": is there already with the SHA-256 digest " + sha256(new byte[] {1}) + ", but "
                        + FILE.sha256() + " is expected; move it away to download it anew");
        assertThat(file("")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void moreThanTheFileIsRefused() {
        answer = Answer.LONGER;
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DownloadFailure.class)
                .hasMessage(
                        address() + ": the server sends more than the 300000 bytes of the file; use another mirror");
        assertThat(file("")).doesNotExist();
    }

    @Test
    void aServerThatFallsSilentIsGivenUp() {
        answer = Answer.STALLED;
        assertThatThrownBy(() ->
                        Downloader.create().patience(Duration.ofMillis(300)).fetch(mirror, List.of(FILE), folder))
                .isInstanceOf(DownloadFailure.class)
                .hasMessageContaining(": nothing came for 0 s after 100000 of 300000 bytes; they are kept");
    }

    @Test
    void serversThatAreNotThere() {
        RemoteFile absent = new RemoteFile("absent.bin", 1, FILE.sha256());
        assertThatThrownBy(() -> Downloader.create().fetch(mirror, List.of(absent), folder))
                .isInstanceOf(DownloadFailure.class)
                .hasMessage(
                        mirror + "absent.bin: the server answers with status 404 (no such file); is the mirror right?");
        server.stop(0);
        assertThatThrownBy(this::fetch)
                .isInstanceOf(DownloadFailure.class)
                .hasMessage(address()
                        + ": the server cannot be reached; check the network or name another server with --mirror");
    }

    @Test
    void foldersThatCannotBeWrittenTo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> Downloader.create().fetch(mirror, List.of(FILE), file))
                .isInstanceOf(DownloadFailure.class)
                .hasMessage(file + ": is a file, not a folder");
        Path below = file.resolve("below");
        assertThatThrownBy(() -> Downloader.create().fetch(mirror, List.of(FILE), below))
                .isInstanceOf(DownloadFailure.class)
                .hasMessageStartingWith(below + ": cannot be made: ");
        Path blocked = Files.createDirectories(folder.resolve("blocked"));
        Files.createDirectories(blocked.resolve("numbers.bin.part"));
        assertThatThrownBy(() -> Downloader.create().fetch(mirror, List.of(FILE), blocked))
                .isInstanceOf(DownloadFailure.class)
                .hasMessageMatching("\\Q" + blocked.resolve("numbers.bin") + "\\E: .+");
        Path closed = Files.createDirectory(folder.resolve("closed"));
        assertThat(closed.toFile().setWritable(false)).isTrue();
        // An administrator may write everywhere.
        assumeThat(Files.isWritable(closed)).isFalse();
        assertThatThrownBy(() -> Downloader.create().fetch(mirror, List.of(FILE), closed))
                .isInstanceOf(DownloadFailure.class)
                .hasMessage(closed + ": the folder cannot be written to; choose another");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://a/b", "mnist", "http://", "https://a b/", "https://a/?q=1", "file:///tmp"})
    void addressesThatAreNoMirrors(String text) {
        assertThatThrownBy(() -> Downloader.mirror(text))
                .isInstanceOf(InvalidArgument.class)
                .hasMessage("a mirror is an address such as https://example.org/mnist/, not '" + text + "'");
    }

    @ParameterizedTest
    @MethodSource("dev.adjoint.data.download.RemoteSet#all")
    void theKnownSetsHaveFourFiles(RemoteSet set) {
        assertThat(set.files()).hasSize(4);
        assertThat(RemoteSet.named(set.label())).contains(set);
        assertThat(Downloader.mirror(set.mirror().toString())).isEqualTo(set.mirror());
        assertThat(set.files().stream().map(RemoteFile::sha256).distinct()).hasSize(4);
    }
}

package dev.adjoint.data.download;

import dev.adjoint.tensor.OneLine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The bytes of one file over HTTP, appended to what has come before.
final class Transfer {
    private static final int PIECE = 1 << 16;

    private final Duration patience;

    /// @param patience how long nothing may come before the transfer is given up
    Transfer(Duration patience) {
        this.patience = patience;
    }

    /// Makes a part of the file complete; afterwards it has the expected length.
    ///
    /// @throws DownloadFailure if the server does not give the rest
    /// @throws IOException if the disk does not take it
    void complete(URI address, RemoteFile file, Path part, Progress progress) throws IOException {
        long done = Files.exists(part) ? Files.size(part) : 0;
        if (done > file.bytes()) {
            // Of another file of this name, so there is nothing to go on with.
            Files.delete(part);
            done = 0;
        }
        progress.at(file, done);
        if (done == file.bytes()) {
            if (done == 0) {
                Files.createFile(part);
            }
            return;
        }
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            receive(client, address, new Target(file, part, progress, done));
            client.shutdownNow();
        }
    }

    /// Where bytes go.
    ///
    /// @param done how many are there
    private record Target(RemoteFile file, Path part, Progress progress, long done) {}

    private void receive(HttpClient client, URI address, Target target) throws IOException {
        HttpResponse<InputStream> response = ask(client, address, target.done);
        try (InputStream body = response.body()) {
            // A server that does not know ranges sends the whole file.
            boolean goesOn = response.statusCode() == 206 && startsAt(response, target.done);
            if (!goesOn && response.statusCode() != 200) {
                throw new DownloadFailure(address + ": the server answers with status " + response.statusCode() + " "
                        + meaning(response.statusCode()) + "; is the mirror right?");
            }
            append(body, address, goesOn ? target : new Target(target.file, target.part, target.progress, 0));
        }
    }

    private static boolean startsAt(HttpResponse<?> response, long done) {
        return response.headers()
                .firstValue("Content-Range")
                .filter(range -> range.startsWith("bytes " + done + "-"))
                .isPresent();
    }

    private static String meaning(int status) {
        return switch (status) {
            case 403 -> "(forbidden)";
            case 404 -> "(no such file)";
            case 206, 416 -> "(not the range that was asked for)";
            default -> status >= 500 ? "(the server failed)" : "(no file)";
        };
    }

    private HttpResponse<InputStream> ask(HttpClient client, URI address, long done) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(patience);
        if (done > 0) {
            request.header("Range", "bytes=" + done + "-");
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (IOException e) {
            throw new DownloadFailure(
                    address + ": " + unreachable(e) + "; check the network or name another server with --mirror", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadFailure(address + ": the download was interrupted", e);
        }
    }

    private static String unreachable(IOException e) {
        if (e instanceof HttpConnectTimeoutException || e instanceof HttpTimeoutException) {
            return "the server does not answer";
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        boolean unknown = cause instanceof UnknownHostException
                || cause instanceof UnresolvedAddressException
                || (cause.getCause() instanceof UnresolvedAddressException);
        if (unknown) {
            return "there is no server of this name";
        }
        return e instanceof ConnectException
                ? "the server cannot be reached"
                : "the server does not answer as it should: " + OneLine.of(e);
    }

    private void append(InputStream body, URI address, Target target) throws IOException {
        long done = target.done;
        StandardOpenOption start = done > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (OutputStream part =
                Files.newOutputStream(target.part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, start)) {
            byte[] piece = read(body, address, target.file, done);
            while (piece.length > 0) {
                done += piece.length;
                if (done > target.file.bytes()) {
                    throw new DownloadFailure(address + ": the server sends more than the " + target.file.bytes()
                            + " bytes of the file; use another mirror");
                }
                part.write(piece);
                target.progress.at(target.file, done);
                piece = read(body, address, target.file, done);
            }
        }
        if (done < target.file.bytes()) {
            throw interrupted(address, target.file, done, "the connection ended");
        }
    }

    /// The next bytes; none at the end. They are read by another thread, because a read of its own knows no time limit.
    private byte[] read(InputStream body, URI address, RemoteFile file, long done) {
        FutureTask<byte[]> task = new FutureTask<>(() -> {
            byte[] piece = new byte[PIECE];
            int length = body.read(piece);
            return length < 0 ? new byte[0] : java.util.Arrays.copyOf(piece, length);
        });
        Thread.ofVirtual().name("download").start(task);
        try {
            return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw interrupted(address, file, done, "the connection broke");
        } catch (TimeoutException _) {
            throw interrupted(address, file, done, "nothing came for " + patience.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DownloadFailure(address + ": the download was interrupted", e);
        }
    }

    private static DownloadFailure interrupted(URI address, RemoteFile file, long done, String what) {
        return new DownloadFailure(address + ": " + what + " after " + done + " of " + file.bytes()
                + " bytes; they are kept, and the same call goes on from there");
    }
}

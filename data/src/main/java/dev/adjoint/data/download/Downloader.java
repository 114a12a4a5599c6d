package dev.adjoint.data.download;

import dev.adjoint.tensor.InvalidArgument;
import dev.adjoint.tensor.OneLine;
import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;

/// Brings files from a mirror into a folder. A file that is there already and has its digest is left alone; one of which a part
/// is there, as `NAME.part`, goes on where it stopped; one that is complete but has another digest is kept aside, as
/// `NAME.rejected`, and never takes its name.
public final class Downloader {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Transfer transfer;
    private final Progress progress;

    private Downloader(Transfer transfer, Progress progress) {
        this.transfer = transfer;
        this.progress = progress;
    }

    /// A downloader that gives up when nothing has come for half a minute, and tells nobody how it goes.
    public static Downloader create() {
        return new Downloader(new Transfer(PATIENCE), Progress.none());
    }

    /// The same downloader that gives up when nothing has come for this long.
    public Downloader patience(Duration patience) {
        return new Downloader(new Transfer(patience), progress);
    }

    /// The same downloader that tells how it goes.
    public Downloader progress(Progress progress) {
        return new Downloader(transfer, progress);
    }

    /// The address of a mirror: a folder on a server, over HTTP or HTTPS.
    ///
    /// @throws InvalidArgument if the text is none
    public static URI mirror(String text) {
        try {
            URI mirror = new URI(text.endsWith("/") ? text : text + "/");
            boolean web = "http".equalsIgnoreCase(mirror.getScheme()) || "https".equalsIgnoreCase(mirror.getScheme());
            if (web && mirror.getHost() != null && mirror.getQuery() == null && mirror.getFragment() == null) {
                return mirror;
            }
        } catch (java.net.URISyntaxException _) {
            // Told below, with all others that are no address of a folder.
        }
        throw new InvalidArgument(
                "a mirror is an address such as https://example.org/mnist/, not '" + OneLine.of(text) + "'");
    }

    /// Brings files into a folder, which is made if it is not there.
    ///
    /// @throws DownloadFailure if the folder cannot be written to, the server cannot be reached, it has no such file, or the
    ///     connection breaks; what has come stays, and the next call goes on there
    /// @throws DigestMismatch if a file is not what is known of it
    public void fetch(URI mirror, List<RemoteFile> files, Path folder) {
        makeFolder(folder);
        for (RemoteFile file : files) {
            try {
                fetch(mirror.resolve(file.name()), file, folder);
            } catch (IOException e) {
                throw new DownloadFailure(folder.resolve(file.name()) + ": " + reason(e), e);
            }
        }
    }

    private static void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (FileAlreadyExistsException e) {
            throw new DownloadFailure(folder + ": is a file, not a folder", e);
        } catch (IOException e) {
            throw new DownloadFailure(folder + ": cannot be made: " + reason(e), e);
        }
        if (!Files.isWritable(folder)) {
            throw new DownloadFailure(folder + ": the folder cannot be written to; choose another");
        }
    }

    private static String reason(IOException cause) {
        return switch (cause) {
            case AccessDeniedException _ -> "permission denied; choose another folder";
            case FileSystemException e when e.getReason() != null -> OneLine.of(e.getReason());
            case FileSystemException _ -> "the file system refuses it; choose another folder";
            default -> OneLine.of(cause);
        };
    }

    private void fetch(URI address, RemoteFile file, Path folder) throws IOException {
        Path target = folder.resolve(file.name());
        if (Files.exists(target)) {
            requireDigest(target, file);
        } else {
            Path part = folder.resolve(file.name() + ".part");
            transfer.complete(address, file, part, progress);
            accept(part, target, file, address);
        }
        progress.verified(file);
    }

    private static void requireDigest(Path target, RemoteFile file) throws IOException {
        String found = Digest.of(target);
        if (!found.equals(file.sha256())) {
            throw new DigestMismatch(
                    target + ": is there already with the SHA-256 digest " + found + ", but " + file.sha256()
                            + " is expected; move it away to download it anew",
                    file.sha256(),
                    found);
        }
    }

    private static void accept(Path part, Path target, RemoteFile file, URI address) throws IOException {
        String found = Digest.of(part);
        if (found.equals(file.sha256())) {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return;
        }
        Path rejected = target.resolveSibling(file.name() + ".rejected");
        Files.move(part, rejected, StandardCopyOption.REPLACE_EXISTING);
        throw new DigestMismatch(
                address + ": what came has the SHA-256 digest " + found + ", but " + file.sha256()
                        + " is expected; it is kept as " + rejected + "; try again or use another mirror",
                file.sha256(),
                found);
    }
}

package vowcheck.launcher;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.zip.GZIPInputStream;
import vowcheck.launcher.setup.CommandFailed;

/// The file that an export is downloaded to. It appears under its name when it is complete; until then it has the
/// ending `.part`, and is deleted if the command fails or is interrupted. Only its owner may read it.
public final class PredictionsFile implements AutoCloseable {

    private static final String COMPRESSED = ".gz";

    /// The longest that the next bytes of the file may take.
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private final String name;
    private final Path file;
    private final Path part;
    private final Duration stallLimit;
    private final Thread removal;

    private PredictionsFile(String name, Path file, Path part, Duration stallLimit) {
        this.name = name;
        this.file = file;
        this.part = part;
        this.stallLimit = stallLimit;
        this.removal = new Thread(this::remove);
        Runtime.getRuntime().addShutdownHook(removal);
    }

    /// Begins the file. Throws [CommandFailed] if it exists or cannot be written.
    ///
    /// @param name how the user calls it
    public static PredictionsFile begin(String name, Path file) throws IOException {
        return begin(name, file, STALL_LIMIT);
    }

    static PredictionsFile begin(String name, Path file, Duration stallLimit) throws IOException {
        if (Files.exists(file)) {
            throw new CommandFailed("%s exists already: delete it, or choose another name".formatted(name));
        }
        var part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    "%s.part exists: another export writes it, or was killed; delete it".formatted(name), e);
        } catch (AccessDeniedException e) {
            throw new CommandFailed("%s cannot be written: permission denied".formatted(name), e);
        } catch (IOException e) {
            throw new CommandFailed("%s cannot be written: is its folder there?".formatted(name), e);
        }
        return new PredictionsFile(name, file, part, stallLimit);
    }

    /// Downloads the compressed CSV, and expands it unless the file's name ends with `.gz`. Throws [CommandFailed]
    /// when nothing comes for a minute, and when a file of this name was made meanwhile.
    public void download(URI link) throws IOException {
        try {
            var connection = HttpRequests.connection(link, stallLimit);
            if (connection.getResponseCode() != 200) {
                throw new CommandFailed(
                        "the file of the export cannot be read: status " + connection.getResponseCode());
            }
            try (var body = connection.getInputStream()) {
                write(body);
            }
        } catch (SocketTimeoutException e) {
            throw new CommandFailed("the download stalled: export once more", e);
        }
    }

    private void write(InputStream compressed) throws IOException {
        try (var output = Files.newOutputStream(part, StandardOpenOption.TRUNCATE_EXISTING)) {
            if (name.endsWith(COMPRESSED)) {
                compressed.transferTo(output);
            } else {
                try (var csv = new GZIPInputStream(compressed)) {
                    csv.transferTo(output);
                }
            }
        }
        try {
            Files.move(part, file); // replaces nothing
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailed(
                    "%s has been made meanwhile, and is kept: export once more, with another name".formatted(name), e);
        }
    }

    private void remove() {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            System.err.printf("vowcheck: %s.part could not be deleted%n", name);
        }
    }

    @Override
    public void close() {
        remove();
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException e) {
            // This process is being interrupted, and the hook runs.
        }
    }
}

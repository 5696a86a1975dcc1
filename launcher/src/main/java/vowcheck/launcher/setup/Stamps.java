package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Records the digest of what each step depends on, so that the step is repeated only when the digest has changed. An
/// interrupted step leaves no stamp.
///
/// @param folder the folder of the stamps, one file per step
public record Stamps(Path folder) {

    /// Runs a step, unless its product exists and was made with the same digest.
    public void once(String name, Path product, String digest, Step step) throws IOException {
        if (current(name, product, digest)) {
            return;
        }
        forget(name);
        step.run();
        try {
            Files.writeString(file(name), digest + "\n");
        } catch (IOException e) {
            forget(name); // what a full disk has left of it
            throw e;
        }
    }

    /// Whether a step's product exists and was made with the same digest.
    public boolean current(String name, Path product, String digest) throws IOException {
        return Files.exists(product) && read(name).filter(digest::equals).isPresent();
    }

    /// The digest with which a step was last completed.
    public Optional<String> read(String name) throws IOException {
        return Files.exists(file(name))
                ? Optional.of(Files.readString(file(name)).strip())
                : Optional.empty();
    }

    /// Makes a step run again, whatever its digest.
    public void forget(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + ".stamp");
    }

    /// One step.
    public interface Step {
        /// Returns when the step is complete.
        void run() throws IOException;
    }
}

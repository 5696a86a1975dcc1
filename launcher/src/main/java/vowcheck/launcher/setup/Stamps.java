package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Remembers what each step was done with, so that it is done again only when that has changed. A step that was
/// interrupted leaves no stamp.
///
/// @param folder where the stamps are kept, one file a step
public record Stamps(Path folder) {

    /// Does a step unless its product exists and was made with the same digest.
    public void once(String name, Path product, String digest, Step step) throws IOException {
        if (Files.exists(product) && read(name).filter(digest::equals).isPresent()) {
            return;
        }
        forget(name);
        step.run();
        Files.writeString(file(name), digest + "\n");
    }

    /// The digest that a step was last done with.
    public Optional<String> read(String name) throws IOException {
        return Files.exists(file(name))
                ? Optional.of(Files.readString(file(name)).strip())
                : Optional.empty();
    }

    /// Lets a step be done again whatever its digest will be.
    public void forget(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + ".stamp");
    }

    /// What is done.
    public interface Step {
        /// Returns when it is done.
        void run() throws IOException;
    }
}

package vowcheck.infra;

import java.nio.file.Path;
import java.util.Objects;

/// The programs of `src/test/linters`, which `./vowcheck test` installs: VOWCHECK_LINTERS is the folder of their
/// executables.
final class Linters {
    private Linters() {}

    /// The path of an executable.
    static String program(String name) {
        var folder = Objects.requireNonNull(
                System.getenv("VOWCHECK_LINTERS"),
                "the environment variable VOWCHECK_LINTERS is not set, expected the folder of the linters' executables");
        return Path.of(folder, name).toString();
    }
}

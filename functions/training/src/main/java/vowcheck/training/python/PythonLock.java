package vowcheck.training.python;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// The versions of the Python packages that MLflow's server runs with.
final class PythonLock {

    private static final String FILE = "/mlflow/requirements.txt";
    private static final Pattern PINNED = Pattern.compile("(?m)^([a-z0-9-]+)==(\\S+)");

    private final Map<String, String> versions;

    private PythonLock(Map<String, String> versions) {
        this.versions = versions;
    }

    /// The server's lock file.
    static PythonLock ofServer() {
        try (var stream = PythonLock.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            var versions = new HashMap<String, String>();
            PINNED.matcher(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .forEach((MatchResult pinned) -> versions.put(pinned.group(1), pinned.group(2)));
            return new PythonLock(versions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The version of a package. Throws [IllegalStateException] if the server does not have it.
    String version(String name) {
        var version = versions.get(name);
        if (version == null) {
            throw new IllegalStateException("%s does not pin %s".formatted(FILE, name));
        }
        return version;
    }
}

package vowcheck.training;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;
import vowcheck.core.training.CodeVersion;

/// Which code this build is made of, as the build wrote it down.
final class BuiltCode {

    private static final String FILE = "build.properties";

    /// What the build writes in place of a commit where it finds none.
    private static final String NO_COMMIT = "none";

    private BuiltCode() {}

    static CodeVersion version() {
        try (var stream = BuiltCode.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is not on the class path");
            }
            var properties = new Properties();
            properties.load(stream);
            return version(properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static CodeVersion version(Properties properties) {
        return new CodeVersion(
                properties.getProperty("release", "unknown"),
                Optional.of(properties.getProperty("commit", NO_COMMIT)).filter(commit -> !commit.equals(NO_COMMIT)));
    }
}

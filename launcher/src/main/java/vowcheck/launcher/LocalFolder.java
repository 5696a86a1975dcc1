package vowcheck.launcher;

import java.nio.file.Path;

/// The folder that keeps one local system, `.local` unless `VOWCHECK_LOCAL` says otherwise.
record LocalFolder(Path path) {

    Path outputs() {
        return path.resolve("outputs.json");
    }

    Path operator() {
        return path.resolve("operator.properties");
    }

    Path logs() {
        return path.resolve("logs");
    }
}

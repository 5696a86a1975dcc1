package vowcheck.adapters.deployment;

import java.nio.file.Path;
import java.util.Set;
import vowcheck.adapters.settings.Setting;

/// The zips of the functions' code that the build makes. Both have the same classes, with different libraries.
public enum FunctionZip {
    /// Without MLflow's client, so that these functions start sooner.
    FUNCTIONS("vowcheck-functions.zip"),
    /// With MLflow's client.
    MLFLOW_FUNCTIONS("vowcheck-mlflow-functions.zip");

    private final Path path;

    FunctionZip(String fileName) {
        path = Path.of("functions", "lambda", "target", fileName);
    }

    /// The smallest zip that has what a function with these settings needs.
    public static FunctionZip of(Set<Setting> settings) {
        return settings.contains(Setting.MLFLOW_URL) ? MLFLOW_FUNCTIONS : FUNCTIONS;
    }

    /// Where the build puts the zip, relative to the repository's root.
    public Path path() {
        return path;
    }
}

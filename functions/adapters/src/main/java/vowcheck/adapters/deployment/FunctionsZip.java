package vowcheck.adapters.deployment;

import java.nio.file.Path;
import java.util.Set;
import vowcheck.adapters.settings.Setting;

/// The zips of the functions' code that the build makes. Both have the same classes, with different libraries.
public enum FunctionsZip {
    /// Without MLflow's client, so that these functions start sooner.
    FUNCTIONS("vowcheck-functions.zip"),
    /// With MLflow's client.
    MLFLOW_FUNCTIONS("vowcheck-mlflow-functions.zip");

    /// Where the build puts the zips, relative to the repository's root.
    public static final Path FOLDER = Path.of("functions", "lambda", "target");

    private final String fileName;

    FunctionsZip(String fileName) {
        this.fileName = fileName;
    }

    /// The smallest zip that has what a function with these settings needs.
    ///
    /// @param settings the settings' names, which are the names of the function's environment variables
    public static FunctionsZip of(Set<String> settings) {
        return settings.contains(Setting.MLFLOW_URL.name()) ? MLFLOW_FUNCTIONS : FUNCTIONS;
    }

    /// The file's name.
    public String fileName() {
        return fileName;
    }
}

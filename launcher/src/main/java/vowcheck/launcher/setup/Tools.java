package vowcheck.launcher.setup;

import java.nio.file.Path;

/// Where the tools are that all local systems of this clone share. Every path is absolute.
public final class Tools {

    /// The folder of all of them, and of the stamps that say what they were installed from.
    public static final Path FOLDER = Path.of(".local", "tools").toAbsolutePath();

    /// How long the steps of `up` took the last time.
    public static final Path DURATIONS = FOLDER.resolve("durations.properties");

    private Tools() {}

    /// The folder of a Python tool: `venv` has LocalStack, `mlflow` MLflow.
    public static Path python(String environment) {
        return FOLDER.resolve(environment).resolve("bin/python");
    }

    public static Path cdk() {
        return Path.of("infra-cdk", "node_modules", ".bin", "cdk").toAbsolutePath();
    }
}

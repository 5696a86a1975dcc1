package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.deployment.DeployedContainer;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.setup.LauncherCopies;
import vowcheck.launcher.setup.Tools;
import vowcheck.training.TrainingMain;

/// The programs of this machine that run in place of the containers of the task definitions.
public final class ContainerPrograms {

    private ContainerPrograms() {}

    /// Writes the file that LocalStack reads whenever it starts a task: a program for each container's name.
    public static void write(Path images) throws IOException {
        Files.writeString(
                images,
                new JsonObject()
                        .with(DeployedContainer.TRAINING.containerName(), training())
                        .with(DeployedContainer.IMPORT.containerName(), training())
                        .with(DeployedContainer.MLFLOW.containerName(), mlflow())
                        .json());
    }

    /// The newest build's copy of the launcher, which contains the training and the import. A build that another system
    /// makes
    /// meanwhile does not change it.
    private static Map<String, Object> training() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        return Map.of(
                "entry_point",
                List.of(
                        "bash",
                        "-c",
                        "read -r build <%s && exec \"$1\" -cp \"$PWD/$build/%s/*\" \"${@:2}\""
                                .formatted(LauncherCopies.CURRENT, LauncherCopies.LIBRARIES),
                        "training",
                        java.toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-XX:+UseSerialGC",
                        "-XX:MaxMetaspaceSize=96m"),
                // A task definition that names another program has the import.
                "command",
                List.of(TrainingMain.class.getName()),
                "working_directory",
                LauncherCopies.in(Tools.FOLDER).folder().toString());
    }

    private static Map<String, Object> mlflow() {
        var start = Path.of("mlflow", "start").toAbsolutePath();
        return Map.of(
                "entry_point",
                List.of(Tools.python("mlflow").toString(), start.toString()),
                "environment",
                Map.of("MLFLOW_HOST", "127.0.0.1"));
    }
}

package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.launcher.setup.Caches;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.Tools;

/// Has the CDK app reckon what a stage costs a month, by its templates.
public final class StageCosts {

    private static final Path APP = Path.of("infra-cdk");
    private static final Path JAR = Path.of("target", "vowcheck-infra-cdk.jar");
    private static final String PROGRAM = "vowcheck.infra.CostApp";

    private final LocalFolder folder;

    public StageCosts(LocalFolder folder) {
        this.folder = folder;
    }

    /// The table of a stage's costs.
    ///
    /// @param predictions how many a month, one per request
    /// @param context what the stage is told, as `KEY=VALUE`
    public String table(String stage, long predictions, List<String> context) throws IOException {
        if (stage.equals(LocalStage.NAME)) {
            return "the stage local costs nothing: it runs on this machine%n".formatted();
        }
        if (!Files.exists(APP.resolve(JAR))) {
            throw new CommandFailed("nothing is built yet: run ./vowcheck up");
        }
        Files.createDirectories(folder.logs());
        var table = Files.createTempFile("vowcheck-cost-", ".txt");
        try {
            var command = Stream.concat(
                    Stream.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            JAR.toString(),
                            PROGRAM,
                            table.toString(),
                            stage,
                            String.valueOf(predictions)),
                    context.stream());
            new LoggedCommands(folder.logs()).run("cost.log", APP, environment(), command.toArray(String[]::new));
            return Files.readString(table);
        } finally {
            Files.deleteIfExists(table);
        }
    }

    private static Map<String, String> environment() {
        return Caches.find(Tools.FOLDER).environment();
    }
}

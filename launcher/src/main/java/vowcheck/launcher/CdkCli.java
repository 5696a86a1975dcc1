package vowcheck.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import vowcheck.launcher.setup.Caches;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.Tools;

/// The CDK CLI, run in the folder of the CDK app.
record CdkCli(LoggedCommands commands) {
    private static final Path APP = Path.of("infra-cdk");
    private static final Map<String, String> SETTINGS = Map.of("CI", "1", "CDK_DISABLE_CLI_TELEMETRY", "1");

    /// Runs it and waits for it.
    ///
    /// @param settings environment variables
    /// @throws CommandFailed if it fails or nothing is built yet
    void run(String log, Map<String, String> settings, String... arguments) {
        if (!Files.exists(Tools.cdk())) {
            throw new CommandFailed("the CDK CLI is not installed yet: run ./vowcheck up");
        }
        if (!Files.exists(APP.resolve("target").resolve("vowcheck-infra-cdk.jar"))) {
            throw new CommandFailed("nothing is built yet: run ./vowcheck up");
        }
        var environment = new HashMap<>(Caches.find(Tools.FOLDER).environment());
        environment.putAll(SETTINGS);
        environment.putAll(settings);
        var command = Stream.of(Stream.of(Tools.cdk().toString()), Stream.of(arguments), Stream.of("--no-notices"))
                .flatMap(part -> part)
                .toArray(String[]::new);
        commands.run(log, APP, environment, command);
    }
}

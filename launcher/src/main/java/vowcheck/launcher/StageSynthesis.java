package vowcheck.launcher;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.UpStep;

/// Makes a stage's CloudFormation templates to read, compare or deploy. It asks no account, so that they are the same
/// whoever makes them.
public final class StageSynthesis {

    /// Where the CLI and the app would otherwise look for credentials. An empty variable counts as none.
    private static final Map<String, String> NO_ACCOUNT = withoutAccount();

    private static final String TEMPLATE = ".template.json";

    private final LocalFolder folder;
    private final Report report;

    public StageSynthesis(LocalFolder folder, Report report) {
        this.folder = folder;
        this.report = report;
    }

    /// Writes the templates and what belongs to them, as `cdk synth` does, and returns the templates' names.
    ///
    /// @param output a folder that does not exist yet or is empty
    /// @param context what the stage is told, as `KEY=VALUE`
    public List<String> write(String stage, Path output, List<String> context) throws IOException {
        if (Files.exists(output)
                && (!Files.isDirectory(output) || !names(output).isEmpty())) {
            throw new CommandFailed("%s is not empty: expected a folder that is, or a new one".formatted(output));
        }
        Files.createDirectories(folder.logs());
        var arguments = new ArrayList<>(
                List.of("synth", "--quiet", "--output", output.toAbsolutePath().toString()));
        Stream.concat(Stream.of(ContextKey.STAGE.text() + "=" + stage), context.stream())
                .forEach(value -> arguments.addAll(List.of("--context", value)));
        report.progress()
                .during(
                        UpStep.SYNTHESIS,
                        () -> new CdkCli(new LoggedCommands(folder.logs()))
                                .run("synth-stage.log", NO_ACCOUNT, arguments.toArray(String[]::new)));
        return names(output).stream()
                .filter(name -> name.endsWith(TEMPLATE))
                .sorted()
                .toList();
    }

    private static List<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Map<String, String> withoutAccount() {
        var settings = new HashMap<>(Stream.of(
                        "AWS_PROFILE",
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "AWS_WEB_IDENTITY_TOKEN_FILE",
                        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
                        "AWS_CONTAINER_CREDENTIALS_FULL_URI")
                .collect(toMap(name -> name, _ -> "")));
        settings.put("AWS_EC2_METADATA_DISABLED", "true");
        settings.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        settings.put("AWS_CONFIG_FILE", "/dev/null");
        return Map.copyOf(settings);
    }
}

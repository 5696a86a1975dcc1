package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import vowcheck.adapters.deployment.ContextKey;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.FileTree;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.MavenBuild;
import vowcheck.launcher.setup.Progress;
import vowcheck.launcher.setup.Stamps;
import vowcheck.launcher.setup.Tools;
import vowcheck.launcher.setup.UpStep;

/// Synthesizes the CDK app and deploys it to LocalStack. It does so again only when the sources have changed or
/// LocalStack, which keeps data but no stacks, was restarted.
public final class CdkDeployment {

    /// Name of the deployment's stamp in the system's folder.
    public static final String DEPLOYED = "deployed";

    /// `python -m localaws.deploy` prints how many resources there are, and each event of one.
    private static final Pattern RESOURCES = Pattern.compile("(?<count>\\d+) resources in");

    private static final Pattern COMPLETE =
            Pattern.compile("(?:CREATE|UPDATE)_COMPLETE AWS::(?!CloudFormation::Stack)");

    private final LocalFolder folder;
    private final Progress progress;
    private final LoggedCommands commands;
    private final Stamps tools = new Stamps(Tools.FOLDER);

    public CdkDeployment(LocalFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
        this.commands = new LoggedCommands(folder.logs());
    }

    /// Synthesizes the templates. Systems with the same MLflow port share them, so two processes must not do this at
    /// the same time.
    public void synthesize() throws IOException {
        var built = tools.read(MavenBuild.STAMP)
                .orElseThrow(() -> new CommandFailed("nothing is built yet: run ./vowcheck up"));
        tools.once(
                synthesis(),
                assembly(),
                built,
                () -> progress.during(UpStep.SYNTHESIS, () -> {
                    FileTree.delete(assembly());
                    new CdkCli(commands)
                            .run(
                                    "synth.log",
                                    Map.of(),
                                    "synth",
                                    "--quiet",
                                    "--context",
                                    ContextKey.STAGE.text() + "=" + LocalStage.NAME,
                                    "--context",
                                    ContextKey.MLFLOW_PORT.text() + "=" + folder.mlflowPort(),
                                    "--output",
                                    assembly().toString());
                }));
    }

    /// Deploys both stacks and writes their outputs. LocalStack's own program does it, in a third of the CLI's time.
    /// Secrets that somebody has marked for deletion are restored before, since the deployment may read them.
    public void deploy() throws IOException {
        try (var secrets = StageSecrets.local()) {
            secrets.restore().forEach(name -> progress.say("the secret %s is restored".formatted(name)));
        }
        var wanted = tools.read(synthesis()).orElseThrow() + " " + folder.localstackProcess();
        var log = "deploy.log";
        new Stamps(folder.path())
                .once(
                        DEPLOYED,
                        folder.outputs(),
                        wanted,
                        () -> progress.during(
                                UpStep.DEPLOYMENT,
                                () -> deployed(folder.logs().resolve(log)),
                                () -> commands.run(
                                        log,
                                        Tools.python("venv").toString(),
                                        "-m",
                                        "localaws.deploy",
                                        assembly().toString(),
                                        folder.outputs().toString())));
    }

    /// How far a deployment is, such as `57 of 214 resources`.
    static String deployed(Path log) {
        var text = LoggedCommands.read(log);
        var resources = RESOURCES.matcher(text);
        return resources.find()
                ? "%d of %s resources"
                        .formatted(COMPLETE.matcher(text).results().count(), resources.group("count"))
                : "";
    }

    private String synthesis() {
        return "synth-" + folder.mlflowPort();
    }

    private Path assembly() {
        return Tools.FOLDER.resolve("cdk.out-" + folder.mlflowPort());
    }
}

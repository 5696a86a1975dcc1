package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.launcher.CdkDeployment;
import vowcheck.launcher.ClassArchive;
import vowcheck.launcher.Completion;
import vowcheck.launcher.ContainerPrograms;
import vowcheck.launcher.DeployedStage;
import vowcheck.launcher.OperatorLogin;
import vowcheck.launcher.Redeployment;
import vowcheck.launcher.RunState;
import vowcheck.launcher.TrainingCommands;
import vowcheck.launcher.setup.Durations;
import vowcheck.launcher.setup.Setup;
import vowcheck.launcher.setup.Tools;

/// The end of `up`: the script has installed, built, started LocalStack and made the templates.
@Command(
        name = "up",
        description = {
            "Sets everything up on this machine and ends with a real prediction over HTTP.",
            "Installs, builds, deploys to LocalStack and trains a model. If it was interrupted, or sources have"
                    + " changed, run it again: it continues."
        })
final class UpCommand implements Callable<Integer> {

    @Option(names = "--quick", description = "Serves the baseline bundle instead of training a model.")
    private boolean quick;

    private final Invocation invocation;

    UpCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var folder = invocation.folder();
        var progress = invocation.progress();
        var archive = new ClassArchive(folder, progress);
        var stages = new ArrayList<>(Setup.afterSetup(folder.path(), quick));
        stages.add(List.of(archive.plan()));
        progress.plan(new Durations(Tools.DURATIONS), stages);
        ContainerPrograms.write(folder.images());
        boolean first = !Files.exists(folder.outputs());
        new CdkDeployment(folder, progress).deploy();
        if (!first) { // CloudFormation knows nothing of a `redeploy` since the first deployment
            try (var lambda = Redeployment.lambda()) {
                new Redeployment(lambda, FunctionsZip.FOLDER)
                        .run()
                        .forEach(function -> progress.say("updated " + function));
            }
        }
        var operator = OperatorLogin.findOrGenerate(Invocation.ENV, folder.operator(), new SecureRandom());
        var stage = DeployedStage.local(folder, folder.endpoint().orElseThrow());
        var training = new TrainingCommands(
                stage,
                Optional.of(operator.user()),
                invocation.report(false),
                () -> !RunState.of(folder).runs());
        new Completion(stage, operator, progress, training, folder.logs()).run(quick);
        var place = folder.path().toString();
        archive.make(place, "0", place, "rehearse");
        return CommandLine.ExitCode.OK;
    }
}

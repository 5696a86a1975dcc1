package vowcheck.launcher.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.launcher.CdkDeployment;
import vowcheck.launcher.Redeployment;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.MavenBuild;
import vowcheck.launcher.setup.Stamps;

/// Builds the functions' code and puts it into the running system. The next `up` builds and deploys everything,
/// whatever the sources are by then.
@Command(
        name = "redeploy",
        description = {
            "Builds the functions and puts their new code into the running system, in seconds.",
            "A new setting, permission, route or function, and a change to the training, need ./vowcheck up."
        })
final class RedeployCommand implements Callable<Integer> {

    private final Invocation invocation;

    RedeployCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        invocation.systemsStage();
        var folder = invocation.folder();
        var progress = invocation.progress();
        try (var lambda = Redeployment.lambda()) {
            var redeployment = new Redeployment(lambda, FunctionsZip.FOLDER);
            redeployment.requireFunctions();
            new Stamps(folder.path()).forget(CdkDeployment.DEPLOYED);
            new MavenBuild(new LoggedCommands(folder.logs()), progress).functionsUnchecked();
            var updated = redeployment.run();
            updated.forEach(function -> progress.say("updated " + function));
            progress.say(
                    updated.isEmpty() ? "the running functions have this code already" : "callers get the new code");
        }
        return CommandLine.ExitCode.OK;
    }
}

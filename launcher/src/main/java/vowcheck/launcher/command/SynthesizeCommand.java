package vowcheck.launcher.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vowcheck.launcher.CdkDeployment;

/// A part of `up`, which the script calls while no other system may build.
@Command(name = "synthesize", hidden = true, description = "Makes the CloudFormation templates.")
final class SynthesizeCommand implements Callable<Integer> {

    private final Invocation invocation;

    SynthesizeCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        new CdkDeployment(invocation.folder(), invocation.progress()).synthesize();
        return CommandLine.ExitCode.OK;
    }
}

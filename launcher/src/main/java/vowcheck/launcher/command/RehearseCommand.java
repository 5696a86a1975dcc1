package vowcheck.launcher.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vowcheck.launcher.Redeployment;
import vowcheck.launcher.RunState;
import vowcheck.launcher.SystemStatus;

/// A part of `up`, during which the JVM records which classes the commands need. It changes nothing.
@Command(name = "rehearse", hidden = true, description = "Uses what the commands use.")
final class RehearseCommand implements Callable<Integer> {

    private final Invocation invocation;

    RehearseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream());
        var status = new SystemStatus(invocation.folder(), Invocation.ENV, RunState.of(invocation.folder()));
        status.print(nowhere, invocation.style());
        status.printJson(nowhere);
        try (var lambda = Redeployment.lambda()) {
            lambda.listFunctions();
        }
        return CommandLine.ExitCode.OK;
    }
}

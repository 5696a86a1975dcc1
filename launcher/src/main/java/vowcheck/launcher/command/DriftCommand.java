package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
        name = "drift",
        description = {
            "Checks the predictions logged since the model's cutoff for drift.",
            "If there is drift, a training starts."
        })
final class DriftCommand implements Callable<Integer> {

    private final Invocation invocation;

    DriftCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.training().drift();
        return CommandLine.ExitCode.OK;
    }
}

package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "drift",
        description = {
            "Checks the predictions logged since the model's cutoff for drift.",
            "Prints each feature's population stability index. If there is drift, a training starts."
        })
final class DriftCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    private final Invocation invocation;

    DriftCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.drift(json).check();
        return CommandLine.ExitCode.OK;
    }
}

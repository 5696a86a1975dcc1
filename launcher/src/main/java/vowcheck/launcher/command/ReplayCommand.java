package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "replay",
        description = {
            "Runs twelve trainings in a row, and prints a table of the decisions.",
            "The cutoffs are the first days of the months from 2025-05-01 to 2026-04-01."
        })
final class ReplayCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Prints the decisions as JSON, and the steps to the error output.")
    private boolean json;

    private final Invocation invocation;

    ReplayCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.training(json).replay();
        return CommandLine.ExitCode.OK;
    }
}

package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import vowcheck.launcher.RunState;
import vowcheck.launcher.SystemStatus;

@Command(
        name = "status",
        description = {
            "Shows what is running, how to reach it and which training runs.",
            "The exit code is 0 only if everything is healthy."
        })
final class StatusCommand implements Callable<Integer> {

    @Option(
            names = "--json",
            description = "Prints JSON, with the URLs, the API keys, the operator, the database URL and the memory by"
                    + " component.")
    private boolean json;

    private final Invocation invocation;

    StatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var status = new SystemStatus(invocation.folder(), Invocation.ENV, RunState.of(invocation.folder()), json);
        if (json) {
            status.printJson(invocation.out());
        } else {
            status.print(invocation.out(), invocation.style());
        }
        return status.healthy() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}

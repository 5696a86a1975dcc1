package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vowcheck.launcher.Browser;

@Command(
        name = "open",
        description = {
            "Opens MLflow's pages in the browser, or prints their address.",
            "They show the runs with their metrics and files, and the model versions with their aliases."
        })
final class OpenCommand implements Callable<Integer> {

    private final Invocation invocation;

    OpenCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        new Browser(invocation.environment())
                .open(invocation.stage().mlflowUrl(), invocation.operator(), invocation.out());
        return CommandLine.ExitCode.OK;
    }
}

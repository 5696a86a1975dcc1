package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vowcheck.launcher.RunState;
import vowcheck.launcher.SystemStatus;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "status",
        description = {
            "Shows what is running, how to reach it and which training runs.",
            "The exit code is 0 only if everything is healthy."
        })
final class StatusCommand implements Callable<Integer> {

    @Option(
            names = "--json",
            description =
                    "Prints JSON; of the local system with the API keys, the operator, the database URL and the memory"
                            + " by component.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    StatusCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        return invocation.isOfSystem(stage) ? ofSystem() : ofStage();
    }

    private int ofSystem() {
        var folder = invocation.folder();
        var state = RunState.of(folder);
        if (!json && !state.runs()) {
            throw new CommandFailed(state.sentence());
        }
        var status = new SystemStatus(folder, Invocation.ENV, state, json);
        if (json) {
            status.printJson(invocation.out());
        } else {
            status.print(invocation.out(), invocation.style());
        }
        return exitCode(status.healthy());
    }

    private int ofStage() {
        var status = invocation.stageStatus(stage);
        if (json) {
            status.printJson(invocation.out());
        } else {
            status.print(invocation.out(), invocation.style());
        }
        return exitCode(status.healthy());
    }

    private static int exitCode(boolean healthy) {
        return healthy ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}

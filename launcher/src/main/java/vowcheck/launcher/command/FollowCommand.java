package vowcheck.launcher.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "follow",
        description = {
            "Follows a training or replay to its end, and prints its result.",
            "Also one that was started by a schedule or by drift, and one that has ended. Interrupted, it goes on."
        })
final class FollowCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The beginning of its name. Default: the one that runs, else the newest one.")
    private @Nullable String name;

    @Option(names = "--json", description = "Prints the decision as JSON, and the steps to the error output.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    FollowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation.training(invocation.stage(stage), stage, json).follow(Optional.ofNullable(name));
        return CommandLine.ExitCode.OK;
    }
}

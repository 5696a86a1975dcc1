package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import vowcheck.launcher.DriftCommands;

@Command(
        name = "drift",
        description = {
            "Checks the predictions logged since the model's cutoff for drift.",
            "Prints each feature's population stability index. If there is drift, a training starts."
        })
final class DriftCommand implements Callable<Integer> {

    @Option(
            names = "--wait",
            description = "Follows the training that drift starts to its end, and prints its decision.")
    private boolean waits;

    @Option(names = "--json", description = "Prints the report as JSON; with --wait, then the decision.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    DriftCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var target = invocation.stageToChange(stage);
        var started = new DriftCommands(target, invocation.report(json)).check();
        if (waits) {
            started.ifPresent(
                    training -> invocation.training(target, stage, json).follow(training));
        }
        return CommandLine.ExitCode.OK;
    }
}

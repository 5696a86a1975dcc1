package vowcheck.launcher.command;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "retrain",
        description = {
            "Trains a model, and prints the decision about it with its reasons.",
            "Shows the states of the workflow; interrupted, the training goes on. The model serves if it beats the one in production on the same rows."
        })
final class RetrainCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "DATE",
            description = "The cutoff, such as 2025-05-01: the rows before it are trained on. Default: today.")
    private @Nullable LocalDate cutoff;

    @Option(names = "--wait", description = "If another training runs, waits for its end instead of failing.")
    private boolean waits;

    @Option(
            names = "--approval",
            description = "A better model waits for ./vowcheck approve, as it does on prod without this option.")
    private boolean approval;

    @Option(names = "--json", description = "Prints the decision as JSON, and the steps to the error output.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    RetrainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation
                .training(invocation.stageToChange(stage), stage, json)
                .retrain(Optional.ofNullable(cutoff), approval, waits);
        return CommandLine.ExitCode.OK;
    }
}

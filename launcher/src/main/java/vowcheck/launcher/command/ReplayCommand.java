package vowcheck.launcher.command;

import java.time.LocalDate;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import vowcheck.core.workflow.ReplayRequest;
import vowcheck.launcher.ReplayPlan;

@Command(
        name = "replay",
        description = {
            "Runs a training for each month of a year, and prints a table of the decisions.",
            "The first one is compared with no champion. Other trainings wait for its end. Says first what that does to production."
        },
        footer = {
            "",
            "The last column of the table, 'on new people', compares the recipes of both models: each is fitted once"
                    + " more without the people of the test rows. It is the challenger's average precision less that"
                    + " of the model in production, and in brackets the bound that the difference exceeds with 95 %%"
                    + " confidence. A stage whose policy is CAREFUL promotes only if that bound is above 0."
        })
final class ReplayCommand implements Callable<Integer> {

    @Option(names = "--from", paramLabel = "DATE", description = "The first cutoff. Default: 2025-05-01.")
    private LocalDate first = ReplayRequest.FIRST;

    @Option(
            names = "--to",
            paramLabel = "DATE",
            description = "No cutoff is later; they are a month apart. Default: 2026-04-01.")
    private LocalDate last = ReplayRequest.LAST;

    @Option(
            names = "--restore",
            negatable = true,
            description = "Puts back at the end, and after a failure, what serves now. Default: no.")
    private boolean restores;

    @Option(names = "--wait", description = "If another training runs, waits for its end instead of failing.")
    private boolean waits;

    @Option(names = "--json", description = "Prints the decisions as JSON, and the steps to the error output.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private CommandSpec spec;

    private final Invocation invocation;

    @SuppressWarnings("NullAway.Init") // picocli sets what is annotated
    ReplayCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (first.isAfter(last)) {
            throw new ParameterException(
                    spec.commandLine(), "the first cutoff %s is later than the last one %s".formatted(first, last));
        }
        invocation
                .training(invocation.stageToChange(stage), stage, json)
                .replay(new ReplayPlan(first, last, restores), waits);
        return CommandLine.ExitCode.OK;
    }
}

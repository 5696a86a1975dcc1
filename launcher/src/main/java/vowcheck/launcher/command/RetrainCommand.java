package vowcheck.launcher.command;

import static java.util.Objects.requireNonNull;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vowcheck.core.workflow.SearchBudget;

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

    @ArgGroup
    private @Nullable Search search;

    @Option(names = "--json", description = "Prints the decision as JSON, and the steps to the error output.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    /// At most one of them.
    static final class Search {

        @Option(
                names = "--search",
                paramLabel = "MINUTES",
                description = {
                    "Searches for better parameters than the default ones first, for so many minutes, 1 to 15.",
                    "How many it tries in that time depends on the machine; the decision says how many."
                })
        private SearchBudget.@Nullable Minutes minutes;

        @Option(
                names = "--trials",
                paramLabel = "NUMBER",
                description = "The same with so many trials, 1 to 200: on the same rows it finds the same trees.")
        private SearchBudget.@Nullable Trials trials;

        private SearchBudget budget() {
            return minutes == null ? requireNonNull(trials) : minutes;
        }
    }

    /// What `--search` gives. Throws [IllegalArgumentException] for anything but 1 to 15.
    static SearchBudget.Minutes minutes(String text) {
        return new SearchBudget.Minutes(number("--search", text, SearchBudget.Minutes.MOST, "minutes"));
    }

    /// What `--trials` gives. Throws [IllegalArgumentException] for anything but 1 to 200.
    static SearchBudget.Trials trials(String text) {
        return new SearchBudget.Trials(number("--trials", text, SearchBudget.Trials.MOST, "trials"));
    }

    private static int number(String option, String text, int most, String unit) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException("%s is '%s', expected 1 to %d %s".formatted(option, text, most, unit));
        }
        return Integer.parseInt(text);
    }

    RetrainCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        invocation
                .training(invocation.stageToChange(stage), stage, json)
                .retrain(
                        Optional.ofNullable(cutoff), Optional.ofNullable(search).map(Search::budget), approval, waits);
        return CommandLine.ExitCode.OK;
    }
}

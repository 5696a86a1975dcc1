package vowcheck.launcher;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.Progress;

/// `retrain`, `replay` and `follow`: trainings that are started by hand, and those that rules have started.
public final class TrainingCommands {

    private final LocalFolder folder;
    private final DeployedStage stage;
    private final Report report;

    /// @param folder the folder of the system that the stage is deployed to
    public TrainingCommands(LocalFolder folder, DeployedStage stage, Report report) {
        this.folder = folder;
        this.stage = stage;
        this.report = report;
    }

    /// Trains on the rows before a date, before today without one, and prints the decision with its reasons.
    public void retrain(Optional<LocalDate> cutoff) {
        var input = new JsonObject().withPresent(WorkflowField.CUTOFF, cutoff.map(LocalDate::toString));
        tell(WorkflowKind.TRAINING, startAndFollow(WorkflowKind.TRAINING, input));
    }

    /// Runs the training workflow as a part of another command, and returns its decision.
    JsonDocument train(JsonObject input) {
        try (var executions = executions()) {
            var started = start(executions, WorkflowKind.TRAINING, input);
            var output = follower(executions, report.progress()).follow(started.execution());
            return JsonDocument.parse(output).document(WorkflowField.PROMOTION);
        }
    }

    /// Runs the twelve cutoffs in a row and prints a table of the decisions.
    public void replay() {
        tell(WorkflowKind.REPLAY, startAndFollow(WorkflowKind.REPLAY, new JsonObject()));
    }

    /// Follows a training or replay to its end, and prints its result.
    ///
    /// @param beginning of its name; without one, the one that runs is followed, else the newest one is shown
    public void follow(Optional<String> beginning) {
        try (var executions = executions()) {
            var chosen = beginning
                    .map(executions::named)
                    .or(executions::running)
                    .or(executions::newest)
                    .orElseThrow(() ->
                            new CommandFailed("nothing was trained yet: start a training with ./vowcheck retrain"));
            var progress = report.progressSince(chosen.since());
            progress.sayAt(
                    chosen.since(),
                    "%s %s, begun %s"
                            .formatted(
                                    chosen.kind().word(),
                                    chosen.execution().name(),
                                    RunState.onTheClock(chosen.since())));
            tell(chosen.kind(), followed(executions, chosen, progress));
        }
    }

    private String startAndFollow(WorkflowKind kind, JsonObject input) {
        try (var executions = executions()) {
            var started = start(executions, kind, input);
            report.progress().say("  follow it from elsewhere with " + started.followCommand());
            return followed(executions, started, report.progress());
        }
    }

    private StartedWorkflow start(WorkflowExecutions executions, WorkflowKind kind, JsonObject input) {
        var started = executions.start(kind, input);
        report.progress()
                .say("running " + stage.deployment().output(kind.machine()).replaceFirst(".*:", ""));
        return started;
    }

    private String followed(WorkflowExecutions executions, StartedWorkflow started, Progress progress) {
        var goesOn =
                "the %s goes on; follow it with %s".formatted(started.kind().word(), started.followCommand());
        try (var _ = InterruptionNotice.of(report.errors(), goesOn)) {
            return follower(executions, progress).follow(started.execution());
        }
    }

    private void tell(WorkflowKind kind, String output) {
        switch (kind) {
            case TRAINING -> tellTraining(JsonDocument.parse(output));
            case REPLAY -> tellReplay(JsonDocument.parse(output));
        }
    }

    private void tellTraining(JsonDocument output) {
        var text = new PromotionText(output);
        if (report.asJson()) {
            report.out().println(text.json().json());
        } else {
            text.print(report.out(), report.style());
        }
    }

    private void tellReplay(JsonDocument output) {
        var runs = output.documents(WorkflowField.RUNS);
        if (report.asJson()) {
            var decisions =
                    runs.stream().map(run -> new PromotionText(run).json()).toList();
            report.out().println(new JsonObject().with("runs", decisions).json());
        } else {
            replayTable(runs);
        }
    }

    private void replayTable(List<JsonDocument> runs) {
        var table =
                new TextTable(report.style(), "cutoff", "version", "decision", "average precision", "in production");
        for (var run : runs) {
            var promotion = run.document(WorkflowField.PROMOTION);
            table.row(
                    run.text(WorkflowField.CUTOFF),
                    promotion.text("model_version"),
                    promotion.text(WorkflowField.DECISION),
                    precision(promotion, "average_precision"),
                    precision(promotion, "production_average_precision"));
        }
        report.out().println();
        table.print(report.out());
    }

    private static String precision(JsonDocument promotion, String field) {
        return promotion.has(field) ? "%.4f".formatted(promotion.number(field)) : "none";
    }

    private WorkflowExecutions executions() {
        return new WorkflowExecutions(stage.deployment());
    }

    private Follower follower(WorkflowExecutions executions, Progress progress) {
        return new Follower(executions, progress, () -> !RunState.of(folder).runs());
    }
}

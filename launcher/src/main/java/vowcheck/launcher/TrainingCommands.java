package vowcheck.launcher;

import java.time.LocalDate;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.workflow.SearchBudget;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.Progress;

/// `retrain`, `replay` and `follow`: trainings that are started by hand, and those that rules have started.
public final class TrainingCommands {

    private final DeployedStage stage;
    private final Report report;
    private final BooleanSupplier stopped;
    private final Optional<String> operator;

    /// @param operator who starts trainings, where that is known; shown as the author of their runs
    /// @param stopped whether the whole system has been stopped, so that nothing answers any more
    public TrainingCommands(DeployedStage stage, Optional<String> operator, Report report, BooleanSupplier stopped) {
        this.stage = stage;
        this.operator = operator;
        this.report = report;
        this.stopped = stopped;
    }

    /// Trains on the rows before a date, before today without one, and prints the decision with its reasons.
    ///
    /// @param search how long it first searches for a recipe; not at all without one
    /// @param approval whether a person must approve a better model, also where the stage does not require it
    /// @param waits whether it first waits for the end of another one that runs, instead of failing
    public void retrain(Optional<LocalDate> cutoff, Optional<SearchBudget> search, boolean approval, boolean waits) {
        var input = new JsonObject()
                .withPresent(WorkflowField.CUTOFF, cutoff.map(LocalDate::toString))
                .withPresent(WorkflowField.SEARCH, search.map(SearchBudget::text));
        if (approval) {
            input.with(WorkflowField.APPROVAL, true);
        }
        tell(WorkflowKind.TRAINING, startAndFollow(WorkflowKind.TRAINING, input, waits));
    }

    /// Runs the training workflow as a part of another command, and returns its decision.
    JsonDocument train(JsonObject input) {
        try (var executions = executions()) {
            var started = start(executions, WorkflowKind.TRAINING, input);
            var output = follower(executions, report.progress()).follow(started.execution());
            return JsonDocument.parse(output).document(WorkflowField.PROMOTION);
        }
    }

    /// Says what a replay will do to production, runs it, and prints a table of its decisions.
    ///
    /// @param waits whether it first waits for the end of another one that runs, instead of failing
    public void replay(ReplayPlan plan, boolean waits) {
        report.progress().say(plan.sentence(serving()));
        try {
            tell(WorkflowKind.REPLAY, startAndFollow(WorkflowKind.REPLAY, plan.input(), waits));
        } finally {
            // Also after a failure: whoever started it wants to know what serves now.
            sayServing();
        }
    }

    private void sayServing() {
        try {
            serving().ifPresent(version -> report.progress().say("version %s is in production".formatted(version)));
        } catch (ModelStoreUnavailable e) {
            report.progress().say("it is not known what is in production: " + e.getMessage());
        }
    }

    /// The version in production; empty where there is none that can be read.
    private Optional<ModelVersion> serving() {
        try (var s3 = AwsClients.s3()) {
            return new S3ModelStore(s3, stage.bucket(), FeatureSchema.CURRENT)
                    .inProduction(_ -> {})
                    .map(ModelPointer::version);
        }
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
                    .orElseThrow(
                            () -> new CommandFailed("nothing was trained yet: start a training with ./vowcheck retrain"
                                    + stage.name().option()));
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

    /// Follows one that was started by something else to its end, and prints its result.
    public void follow(StartedWorkflow started) {
        try (var executions = executions()) {
            tell(started.kind(), followed(executions, started, report.progress()));
        }
    }

    private String startAndFollow(WorkflowKind kind, JsonObject input, boolean waits) {
        try (var executions = executions()) {
            while (true) {
                if (waits) {
                    awaitOthers(executions);
                }
                try {
                    var started = start(executions, kind, input);
                    report.progress().say("  follow it from elsewhere with " + started.followCommand());
                    return followed(executions, started, report.progress());
                } catch (OneTrainingAtATime e) { // also one that was started at the same moment
                    if (!waits) {
                        throw e;
                    }
                }
            }
        }
    }

    private void awaitOthers(WorkflowExecutions executions) {
        try (var _ = InterruptionNotice.of(report.errors(), "nothing was started")) {
            follower(executions, report.progress()).awaitOthers();
        }
    }

    private StartedWorkflow start(WorkflowExecutions executions, WorkflowKind kind, JsonObject input) {
        var started = executions.start(kind, input.withPresent(WorkflowField.OPERATOR, operator));
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
        var text = new ReplayText(output);
        if (report.asJson()) {
            report.out().println(text.json().json());
        } else {
            text.print(report.out(), report.style());
        }
    }

    private WorkflowExecutions executions() {
        return new WorkflowExecutions(stage);
    }

    private Follower follower(WorkflowExecutions executions, Progress progress) {
        return new Follower(executions, progress, stopped);
    }
}

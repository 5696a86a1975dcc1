package vowcheck.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.lambda.LambdaClient;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.setup.CommandFailed;

/// `drift`: the drift check, which a stage runs once a day, started by hand.
public final class DriftCommands {

    /// A rule starts the training of a report, usually within a second.
    private static final int START_SECONDS = 15;

    private static final int POLLS_PER_SECOND = 4;
    private static final String FOLLOW = "follow it with ./vowcheck follow";

    private final Supplier<String> drift;
    private final Supplier<WorkflowExecutions> executions;
    private final Report report;

    public DriftCommands(DeployedStage stage, Report report) {
        this(() -> invoke(stage), () -> new WorkflowExecutions(stage.deployment()), report);
    }

    /// @param drift runs the check, and returns its report as JSON
    DriftCommands(Supplier<String> drift, Supplier<WorkflowExecutions> executions, Report report) {
        this.drift = drift;
        this.executions = executions;
        this.report = report;
    }

    /// Runs the check, prints its report, and says which training it has started, which it returns.
    public Optional<StartedWorkflow> check() {
        try (var trainings = executions.get()) {
            var running = trainings.running();
            var checked = checked();
            boolean drifted = !checked.texts("drifted_features").isEmpty();
            // While another one runs, the workflow refuses the training of the report as soon as it has begun.
            var started = drifted && running.isEmpty()
                    ? awaitStart(trainings, checked.text("checked_at"))
                    : Optional.<StartedWorkflow>empty();
            if (report.asJson()) {
                var json = new JsonObject();
                checked.names().forEach(field -> json.with(field, checked.any(field)));
                json.withPresent(
                        "training_execution", started.map(it -> it.execution().name()));
                report.out().println(json.json());
            } else {
                print(new DriftText(checked), drifted, started, running);
            }
            return started;
        }
    }

    private void print(
            DriftText text, boolean drifted, Optional<StartedWorkflow> started, Optional<StartedWorkflow> running) {
        text.print(report.out(), report.style());
        var verdict = text.verdict();
        if (!drifted) {
            report.out().println(report.style().good(verdict));
            return;
        }
        var consequence = running.map(it ->
                        "%s, and no other can start: follow it with %s".formatted(it.sentence(), it.followCommand()))
                .or(() -> started.map(it -> "a training has started; follow it with " + it.followCommand()))
                .orElse("a training was requested, and has not started after %d seconds; see ./vowcheck status"
                        .formatted(START_SECONDS));
        report.out().printf("%s: %s%n", report.style().bad(verdict), consequence);
    }

    private JsonDocument checked() {
        try (var _ = InterruptionNotice.of(
                report.errors(), "the check goes on, and starts a training if there is drift; " + FOLLOW)) {
            return JsonDocument.parse(drift.get());
        }
    }

    private static String invoke(DeployedStage stage) {
        try (var lambda = AwsClients.patient(LambdaClient.builder())) {
            var answer = lambda.invoke(
                    request -> request.functionName(stage.deployment().output(StackOutput.DRIFT_FUNCTION_NAME)));
            var payload = answer.payload().asUtf8String();
            if (answer.functionError() != null) {
                throw new CommandFailed(
                        "the drift check failed: " + JsonDocument.parse(payload).text("errorMessage"));
            }
            return payload;
        }
    }

    /// The training of the report; empty if it takes too long to start.
    private Optional<StartedWorkflow> awaitStart(WorkflowExecutions trainings, String checkedAt) {
        try (var _ = InterruptionNotice.of(report.errors(), "there is drift, and a training starts; " + FOLLOW)) {
            for (int poll = 0; poll < START_SECONDS * POLLS_PER_SECOND; poll++) {
                var started = trainings.ofDriftReport(checkedAt);
                if (started.isPresent()) {
                    return started;
                }
                Pause.of(
                        Duration.ofSeconds(1).dividedBy(POLLS_PER_SECOND),
                        "interrupted while waiting for the training to start");
            }
            return Optional.empty();
        }
    }
}

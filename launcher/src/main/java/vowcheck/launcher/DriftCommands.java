package vowcheck.launcher;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.services.lambda.LambdaClient;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.setup.CommandFailed;

/// `drift`: the drift check, which a stage runs once a day, started by hand.
public final class DriftCommands {

    /// A rule starts the training of a report, usually within a second.
    private static final int START_SECONDS = 15;

    /// The check reads all predictions since the cutoff. It must not be asked for twice, since it starts trainings.
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final StageName stage;
    private final Supplier<String> drift;
    private final Supplier<WorkflowExecutions> executions;
    private final Report report;

    public DriftCommands(DeployedStage stage, Report report) {
        this(stage.name(), () -> invoke(stage), () -> new WorkflowExecutions(stage), report);
    }

    /// @param drift runs the check, and returns its report as JSON
    DriftCommands(StageName stage, Supplier<String> drift, Supplier<WorkflowExecutions> executions, Report report) {
        this.stage = stage;
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
                .orElse("a training was requested, and has not started after %d seconds; see ./vowcheck status%s"
                        .formatted(START_SECONDS, stage.option()));
        report.out().printf("%s: %s%n", report.style().bad(verdict), consequence);
    }

    private String follow() {
        return "follow it with ./vowcheck follow" + stage.option();
    }

    private JsonDocument checked() {
        try (var _ = InterruptionNotice.of(
                report.errors(), "the check goes on, and starts a training if there is drift; " + follow())) {
            return JsonDocument.parse(drift.get());
        }
    }

    private static String invoke(DeployedStage stage) {
        try (var lambda = LambdaClient.builder()
                .httpClient(AwsClients.http(LIMIT))
                .overrideConfiguration(override -> override.retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build()) {
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
        try (var _ = InterruptionNotice.of(report.errors(), "there is drift, and a training starts; " + follow())) {
            var poll = DeployedStage.pollInterval(stage);
            for (long waited = 0; waited < 1000L * START_SECONDS; waited += poll.toMillis()) {
                var started = trainings.ofDriftReport(checkedAt);
                if (started.isPresent()) {
                    return started;
                }
                Pause.of(poll, "interrupted while waiting for the training to start");
            }
            return Optional.empty();
        }
    }
}

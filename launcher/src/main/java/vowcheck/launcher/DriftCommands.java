package vowcheck.launcher;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.setup.CommandFailed;

/// `drift`: the drift check, which a stage runs once a day, started by hand.
public final class DriftCommands {

    /// A rule starts the training of a report, usually within a second.
    private static final int START_SECONDS = 15;

    private static final int POLLS_PER_SECOND = 4;

    private final DeployedStage stage;
    private final Report report;

    public DriftCommands(DeployedStage stage, Report report) {
        this.stage = stage;
        this.report = report;
    }

    /// Runs the check, prints its report, and says which training it has started.
    public void check() {
        try (var executions = new WorkflowExecutions(stage.deployment())) {
            var running = executions.running();
            var checked = JsonDocument.parse(invoke());
            var started = checked.texts("drifted_features").isEmpty()
                    ? Optional.<StartedWorkflow>empty()
                    : awaitStart(executions, checked.text("checked_at"));
            if (report.asJson()) {
                var json = new JsonObject();
                checked.names().forEach(field -> json.with(field, checked.any(field)));
                json.withPresent(
                        "training_execution", started.map(it -> it.execution().name()));
                report.out().println(json.json());
            } else {
                print(new DriftText(checked), !checked.texts("drifted_features").isEmpty(), started, running);
            }
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

    private String invoke() {
        try (var lambda = LambdaClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
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
    private static Optional<StartedWorkflow> awaitStart(WorkflowExecutions executions, String checkedAt) {
        for (int poll = 0; poll < START_SECONDS * POLLS_PER_SECOND; poll++) {
            var started = executions.ofDriftReport(checkedAt);
            if (started.isPresent()) {
                return started;
            }
            pause();
        }
        return Optional.empty();
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(TimeUnit.SECONDS.toMillis(1) / POLLS_PER_SECOND);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while waiting for the training to start", e);
        }
    }
}

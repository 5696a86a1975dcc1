package vowcheck.launcher;

import java.io.PrintStream;
import java.time.LocalDate;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.WorkflowField;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.Progress;

/// `retrain`, `replay` and `drift`: work that a stage does on a schedule, started by hand and followed.
public final class TrainingCommands {

    private final DeployedStage stage;
    private final Progress progress;
    private final PrintStream out;

    public TrainingCommands(DeployedStage stage, Progress progress, PrintStream out) {
        this.stage = stage;
        this.progress = progress;
        this.out = out;
    }

    /// Trains on the rows before a date, before today without one, and prints the decision with its reasons.
    public void retrain(Optional<LocalDate> cutoff) {
        var input = new JsonObject().withPresent(WorkflowField.CUTOFF, cutoff.map(LocalDate::toString));
        var promotion = train(input);
        out.printf("%n%s: version %s%n", promotion.text("decision"), promotion.text("model_version"));
        promotion.texts("reasons").forEach(reason -> out.println("  " + reason));
        if (promotion.has(WorkflowField.NOTES)) {
            promotion.texts(WorkflowField.NOTES).forEach(note -> out.println("  note: " + note));
        }
    }

    /// Runs the training workflow and returns its decision.
    public JsonDocument train(JsonObject input) {
        return JsonDocument.parse(run(StackOutput.TRAINING_STATE_MACHINE_ARN, input.json()))
                .document("promotion");
    }

    /// Runs the twelve cutoffs in a row and prints a table of the decisions.
    public void replay() {
        // Its output is an array.
        var runs = JsonDocument.parse("{\"runs\":" + run(StackOutput.REPLAY_STATE_MACHINE_ARN, "{}") + "}")
                .documents("runs");
        out.printf("%n%-12s%-10s%-16s%-20s%s%n", "cutoff", "version", "decision", "average precision", "in production");
        for (var run : runs) {
            var promotion = run.document("promotion");
            out.printf(
                    "%-12s%-10s%-16s%-20.4f%s%n",
                    run.text("cutoff"),
                    promotion.text("model_version"),
                    promotion.text("decision"),
                    promotion.number("average_precision"),
                    promotion.has("production_average_precision")
                            ? "%.4f".formatted(promotion.number("production_average_precision"))
                            : "none");
        }
    }

    /// Runs the drift check and prints its report, a JSON object.
    public void drift() {
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
            out.println(payload);
        }
    }

    private String run(StackOutput stateMachine, String input) {
        try (var stepFunctions = SfnClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()) {
            var arn = stage.deployment().output(stateMachine);
            progress.say("running " + arn.substring(arn.lastIndexOf(':') + 1));
            return new Workflow(stepFunctions, arn, progress).run(input);
        }
    }
}

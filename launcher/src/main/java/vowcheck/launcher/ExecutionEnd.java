package vowcheck.launcher;

import static java.util.stream.Collectors.joining;
import static vowcheck.core.workflow.WorkflowField.CAUSE;
import static vowcheck.core.workflow.WorkflowField.NOTES;
import static vowcheck.core.workflow.WorkflowField.RESTORE_CAUSE;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.workflow.AnotherTrainingRuns;
import vowcheck.launcher.setup.CommandFailed;

/// Describes for people how an execution of the training workflow failed.
final class ExecutionEnd {

    private ExecutionEnd() {}

    /// With the sentence as its message; [OneTrainingAtATime] where the workflow has refused it for that reason.
    static CommandFailed failure(StageName stage, DescribeExecutionResponse execution) {
        var why = words(execution.error(), execution.cause());
        return AnotherTrainingRuns.running(why).isPresent()
                ? new OneTrainingAtATime(sentence(stage, execution))
                : new CommandFailed(sentence(stage, execution));
    }

    /// One sentence.
    ///
    /// @param stage whose workflow it is
    static String sentence(StageName stage, DescribeExecutionResponse execution) {
        var end = switch (execution.status()) {
            case ABORTED -> "the workflow was stopped";
            case TIMED_OUT -> "the workflow took longer than it may";
            default -> "the workflow failed";
        };
        var why = words(execution.error(), execution.cause());
        return AnotherTrainingRuns.running(why)
                .map(running -> refusal(stage, running))
                .orElseGet(() ->
                        Stream.of(end, why).filter(part -> !part.isEmpty()).collect(joining(": ")));
    }

    /// Two that were started at the same moment: only the workflow itself sees that.
    private static String refusal(StageName stage, String running) {
        return StartedWorkflow.refusal(stage, running + " is running", running.substring(running.lastIndexOf(' ') + 1));
    }

    /// The cause is a sentence or a JSON object: a function's error with its stack trace, a task with everything
    /// that ECS knows about it, two causes where the promotion could not be taken back either, or an execution
    /// where a training of a replay failed. The error's name adds nothing to the cause.
    private static String words(@Nullable String error, @Nullable String cause) {
        if (cause == null || cause.isBlank()) {
            return error == null ? "" : error;
        }
        if (!cause.startsWith("{")) {
            return cause;
        }
        var written = JsonDocument.parse(cause);
        if (written.has(RESTORE_CAUSE)) {
            return "%s AND NOT RESTORED: %s"
                    .formatted(words(error, written.text(CAUSE)), words(error, written.text(RESTORE_CAUSE)));
        }
        if (written.has(CAUSE) && written.has(NOTES)) {
            return Stream.concat(
                            Stream.of(words(error, written.text(CAUSE))),
                            written.texts(NOTES).stream().map(note -> "note: " + note))
                    .collect(joining("; "));
        }
        if (written.has("errorMessage")) {
            return written.text("errorMessage");
        }
        if (written.has("ExecutionArn")) {
            return training(written);
        }
        return written.has("StoppedReason") ? task(written) : error + ": " + cause;
    }

    /// What Step Functions knows about a training of a replay.
    private static String training(JsonDocument execution) {
        var how = execution.has("Cause")
                ? words(execution.has("Error") ? execution.text("Error") : null, execution.text("Cause"))
                : execution.text("Status");
        return "its training %s: %s".formatted(execution.text("Name"), how);
    }

    private static String task(JsonDocument task) {
        return task.text("StoppedReason")
                + task.documents("Containers").stream()
                        .map(ExecutionEnd::container)
                        .collect(joining("; ", " (", ")"));
    }

    private static String container(JsonDocument container) {
        var name = container.text("Name");
        // One that never started has no exit code.
        var code = container.has("ExitCode") ? name + " with exit code " + container.integer("ExitCode") : name;
        return container.has("Reason") ? code + ", " + container.text("Reason") : code;
    }
}

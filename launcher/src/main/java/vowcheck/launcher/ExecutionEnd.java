package vowcheck.launcher;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import vowcheck.adapters.json.JsonDocument;

/// What an execution that did not succeed came to, in words for people.
final class ExecutionEnd {

    /// Between two causes: what failed, and what then failed to be taken back.
    private static final String NOT_RESTORED = " AND NOT RESTORED: ";

    private ExecutionEnd() {}

    /// One sentence.
    static String sentence(DescribeExecutionResponse execution) {
        var end = switch (execution.status()) {
            case ABORTED -> "the workflow was stopped";
            case TIMED_OUT -> "the workflow took longer than it may";
            default -> "the workflow failed";
        };
        return Stream.of(end, words(execution.error(), execution.cause()))
                .filter(part -> !part.isEmpty())
                .collect(joining(": "));
    }

    /// The cause is a sentence, or a JSON object of what failed: a function's error with its stack trace, or a task
    /// with all that ECS knows of it. Of the error's name nobody learns more than of a cause.
    private static String words(@Nullable String error, @Nullable String cause) {
        if (cause == null || cause.isBlank()) {
            return error == null ? "" : error;
        }
        if (cause.contains(NOT_RESTORED)) {
            return Arrays.stream(cause.split(NOT_RESTORED, 2))
                    .map(part -> words(error, part))
                    .collect(joining(NOT_RESTORED));
        }
        if (!cause.startsWith("{")) {
            return cause;
        }
        var written = JsonDocument.parse(cause);
        if (written.has("errorMessage")) {
            return written.text("errorMessage");
        }
        return written.has("StoppedReason") ? task(written) : error + ": " + cause;
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

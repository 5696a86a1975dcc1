package vowcheck.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.workflow.WorkflowField;

/// The trainings, replays and imports that have ended because the local system was stopped while they ran.
/// `localaws/ended_executions.py` writes the file.
public final class EndedWorkflows {

    private final Path file;
    private final Deployment deployment;

    /// Those of a system that was stopped. The deployment must be known, as it is of every system on which something
    /// could run.
    public static EndedWorkflows of(LocalFolder folder) {
        return new EndedWorkflows(folder.endedExecutions(), Deployment.read(folder.outputs()));
    }

    EndedWorkflows(Path file, Deployment deployment) {
        this.file = file;
        this.deployment = deployment;
    }

    /// A sentence for each: what it was, and how to start it again. They are said once.
    public List<String> tell() throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        var executions = JsonDocument.parse(Files.readString(file)).documents("executions");
        Files.delete(file);
        return executions.stream().flatMap(it -> sentence(it).stream()).toList();
    }

    private Optional<String> sentence(JsonDocument execution) {
        var machine = execution.text("stateMachineArn");
        var input = JsonDocument.parse(execution.text("input"));
        if (isOf(machine, StackOutput.REPLAY_STATE_MACHINE_ARN)) {
            return Optional.of(sentence("replay", execution, replay(input)));
        }
        if (isOf(machine, StackOutput.IMPORT_STATE_MACHINE_ARN)) {
            return Optional.of(sentence("import", execution, "import FILE"));
        }
        // A replay starts its trainings itself.
        return isOf(machine, StackOutput.TRAINING_STATE_MACHINE_ARN) && !input.has(WorkflowField.REPLAY)
                ? Optional.of(sentence("training", execution, retrain(input)))
                : Optional.empty();
    }

    private boolean isOf(String machine, StackOutput output) {
        return deployment.find(output).filter(machine::equals).isPresent();
    }

    private static String sentence(String what, JsonDocument execution, String command) {
        var state = execution.text("state");
        return "%s %s since %s%s has ended with the system: after ./vowcheck up, start it again with ./vowcheck %s"
                .formatted(
                        what.equals("import") ? "an" : "a",
                        what + " that ran",
                        RunState.onTheClock(execution.value("startDate", Instant::parse)),
                        state.isEmpty() ? "" : ", last at " + state + ",",
                        command);
    }

    private static String replay(JsonDocument input) {
        var cutoffs = input.has(WorkflowField.CUTOFFS) ? input.texts(WorkflowField.CUTOFFS) : List.<String>of();
        var months = cutoffs.isEmpty() ? "" : " --from %s --to %s".formatted(cutoffs.getFirst(), cutoffs.getLast());
        return "replay" + months + option(input, WorkflowField.RESTORE, " --restore");
    }

    private static String retrain(JsonDocument input) {
        var cutoff = input.has(WorkflowField.CUTOFF) ? " " + input.text(WorkflowField.CUTOFF) : "";
        return "retrain" + option(input, WorkflowField.APPROVAL, " --approval") + cutoff;
    }

    private static String option(JsonDocument input, String flag, String option) {
        return input.has(flag) && input.flag(flag) ? option : "";
    }
}

package vowcheck.launcher;

import java.util.List;
import java.util.Optional;
import vowcheck.adapters.json.JsonObject;

/// The training or replay that runs, and where it is.
///
/// @param state the state that it entered last; empty if it has just begun
record RunningTraining(StartedWorkflow started, String state) {

    /// The one of a stage, where there is one.
    static Optional<RunningTraining> of(DeployedStage stage) {
        try (var executions = new WorkflowExecutions(stage)) {
            return executions.running().map(started -> {
                var states = executions.states(started.execution());
                return new RunningTraining(
                        started, states.isEmpty() ? "" : states.getLast().name());
            });
        }
    }

    /// The trainings of a stage that wait for a person's approval.
    static List<WaitingTraining> waiting(DeployedStage stage) {
        try (var executions = new WorkflowExecutions(stage)) {
            return executions.waiting();
        }
    }

    /// For people.
    String sentence() {
        return "%s, now at %s; follow it with %s"
                .formatted(started.sentence(), state.isEmpty() ? "its beginning" : state, started.followCommand());
    }

    JsonObject json() {
        return new JsonObject()
                .with("kind", started.kind().word())
                .with("execution", started.execution().name())
                .with("state", state)
                .with("since", started.since().toString());
    }
}

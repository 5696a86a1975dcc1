package vowcheck.launcher;

import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.workflow.WorkflowField;

/// A training that waits for a person's approval.
///
/// @param version the challenger's
record WaitingTraining(StartedWorkflow started, String version) {

    /// @param input that of the state in which it waits
    static WaitingTraining of(StartedWorkflow started, String input) {
        var promotion = JsonDocument.parse(input).document(WorkflowField.PROMOTION);
        return new WaitingTraining(started, promotion.text("model_version"));
    }

    /// For people.
    String sentence() {
        return "version %s, trained since %s: ./vowcheck approve %s --reason TEXT%s, or the same with --reject"
                .formatted(
                        version,
                        RunState.onTheClock(started.since()),
                        version,
                        started.stage().option());
    }

    JsonObject json() {
        return new JsonObject()
                .with("model_version", version)
                .with("execution", started.execution().name())
                .with("since", started.since().toString());
    }
}

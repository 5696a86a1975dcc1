package vowcheck.launcher;

import java.time.LocalDate;
import java.util.Optional;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.workflow.ReplayRequest;
import vowcheck.core.workflow.WorkflowField;

/// What a replay is going to do.
///
/// @param request its cutoffs, and whether what serves now is put back at the end
public record ReplayPlan(ReplayRequest request) {

    /// A replay of the months from one cutoff to another.
    public ReplayPlan(LocalDate first, LocalDate last, boolean restores) {
        this(new ReplayRequest(ReplayRequest.monthly(first, last), restores));
    }

    /// What it will do to production, said before it starts.
    ///
    /// @param serving the version in production; empty where there is none that can be read
    String sentence(Optional<ModelVersion> serving) {
        int count = request.cutoffs().size();
        var trainings = count == 1 ? "one training" : count + " trainings";
        if (serving.isEmpty()) {
            return "no model is in production: what %s promotes last stays"
                    .formatted(count == 1 ? "the training" : "one of " + trainings);
        }
        return "version %s is in production; %s may replace it, and %s"
                .formatted(
                        serving.get(),
                        trainings,
                        request.restores()
                                ? "it is put back at the end"
                                : "what is promoted last stays: to put version %s back at the end, use --restore"
                                        .formatted(serving.get()));
    }

    /// The input of the replay's execution.
    JsonObject input() {
        return new JsonObject()
                .with(
                        WorkflowField.CUTOFFS,
                        request.cutoffs().stream().map(LocalDate::toString).toList())
                .with(WorkflowField.RESTORE, request.restores());
    }
}

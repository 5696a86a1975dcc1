package vowcheck.adapters.workflow;

import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import vowcheck.adapters.deployment.DriftEvent;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.drift.DriftDataUnavailable;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.DriftSignal;
import vowcheck.core.workflow.TrainingRequest;
import vowcheck.core.workflow.WorkflowField;

/// Puts [DriftEvent] on the default bus.
public final class EventBridgeDriftSignal implements DriftSignal {

    private final EventBridgeClient events;
    private final String stage;

    /// @param stage the stage's name
    public EventBridgeDriftSignal(EventBridgeClient events, String stage) {
        this.events = events;
        this.stage = stage;
    }

    @Override
    public void detected(DriftReport report, Optional<Instant> scheduledAt) {
        var detail = new JsonObject()
                .with(DriftEvent.STAGE, stage)
                .with(WorkflowField.CUTOFF, report.retrainingCutoff().toString())
                .with(WorkflowField.REASON, TrainingRequest.DRIFT)
                .with(WorkflowField.DRIFT_REPORT, report.checkedAt().toString())
                .withPresent(WorkflowField.SCHEDULED_AT, scheduledAt.map(Instant::toString));
        try {
            var event = PutEventsRequestEntry.builder()
                    .source(DriftEvent.SOURCE)
                    .detailType(DriftEvent.DETAIL_TYPE)
                    .detail(detail.json())
                    .build();
            var answer = events.putEvents(request -> request.entries(event));
            if (answer.failedEntryCount() > 0) {
                throw new DriftDataUnavailable("EventBridge refused %s: %s"
                        .formatted(
                                DriftEvent.DETAIL_TYPE,
                                answer.entries().getFirst().errorCode()));
            }
        } catch (SdkException e) {
            throw new DriftDataUnavailable("EventBridge did not take " + DriftEvent.DETAIL_TYPE, e);
        }
    }
}

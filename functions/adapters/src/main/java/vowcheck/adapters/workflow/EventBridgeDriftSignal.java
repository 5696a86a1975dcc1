package vowcheck.adapters.workflow;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.drift.DriftDataUnavailable;
import vowcheck.core.drift.DriftSignal;

/// Puts `DriftDetected` on the default bus; its detail is the training workflow's input.
public final class EventBridgeDriftSignal implements DriftSignal {

    /// The event's source.
    public static final String SOURCE = "vowcheck";

    /// The event's detail type.
    public static final String DETAIL_TYPE = "DriftDetected";

    private final EventBridgeClient events;

    public EventBridgeDriftSignal(EventBridgeClient events) {
        this.events = events;
    }

    @Override
    public void detected(LocalDate cutoff) {
        var detail = new LinkedHashMap<String, String>();
        detail.put("cutoff", cutoff.toString());
        detail.put("reason", "drift");
        try {
            var event = PutEventsRequestEntry.builder()
                    .source(SOURCE)
                    .detailType(DETAIL_TYPE)
                    .detail(JsonDocument.write(detail))
                    .build();
            var answer = events.putEvents(request -> request.entries(event));
            if (answer.failedEntryCount() > 0) {
                throw new DriftDataUnavailable("EventBridge refused %s: %s"
                        .formatted(DETAIL_TYPE, answer.entries().getFirst().errorCode()));
            }
        } catch (SdkException e) {
            throw new DriftDataUnavailable("EventBridge did not take " + DETAIL_TYPE, e);
        }
    }
}

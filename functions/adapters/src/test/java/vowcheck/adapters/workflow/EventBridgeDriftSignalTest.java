package vowcheck.adapters.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import vowcheck.adapters.aws.AwsEndpoint;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.drift.DriftDataUnavailable;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.DriftVerdict;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;

class EventBridgeDriftSignalTest {

    private static final DriftReport REPORT = new DriftReport(
            Instant.parse("2025-06-03T00:00:04.123456Z"),
            new ModelVersion("7"),
            LocalDate.of(2025, 5, 1),
            1_000,
            new LinkedHashMap<>(),
            DriftPolicy.DEFAULT,
            new DriftVerdict.Drifted(List.of(Feature.AGE_DAYS)));

    private static final Instant SCHEDULED = Instant.parse("2025-06-03T00:00:00Z");

    private final AwsEndpoint aws = new AwsEndpoint();
    private final EventBridgeDriftSignal signal =
            new EventBridgeDriftSignal(aws.client(EventBridgeClient.builder()), "prod");

    @AfterEach
    void close() {
        aws.close();
    }

    @Test
    void theEventsDetailIsTheWorkflowsInput() {
        aws.answers(200, Map.of(), """
                {"Entries":[{"EventId":"11710aed-b79e-4468-a20b-bb3c0c3b4860"}],"FailedEntryCount":0}""");

        signal.detected(REPORT, Optional.of(SCHEDULED));

        assertThat(aws.asked().target()).isEqualTo("AWSEvents.PutEvents");
        assertThat(JsonDocument.parse(aws.asked().body()).documents("Entries"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.text("Source")).isEqualTo("vowcheck");
                    assertThat(entry.text("DetailType")).isEqualTo("DriftDetected");
                    assertThat(entry.text("Detail")).isEqualTo("""
                            {"stage":"prod","cutoff":"2025-06-03","reason":"drift",\
                            "drift_report":"2025-06-03T00:00:04.123456Z","scheduled_at":"2025-06-03T00:00:00Z"}\
                            """);
                });
    }

    /// PutEvents answers 200 to what it did not take.
    @Test
    void anEventThatWasNotTakenIsAFailure() {
        aws.answers(200, Map.of(), """
                {"Entries":[{"ErrorCode":"InternalFailure","ErrorMessage":"no"}],"FailedEntryCount":1}""");

        assertThatThrownBy(() -> signal.detected(REPORT, Optional.of(SCHEDULED)))
                .isInstanceOf(DriftDataUnavailable.class)
                .hasMessage("EventBridge refused DriftDetected: InternalFailure");
    }

    @Test
    void aRefusedCallIsNamed() {
        aws.denies();

        assertThatThrownBy(() -> signal.detected(REPORT, Optional.of(SCHEDULED)))
                .isInstanceOf(DriftDataUnavailable.class)
                .hasMessage("EventBridge did not take DriftDetected");
    }
}

package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.workflow.EventBridgeDriftSignal;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.DriftVerdict;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;

/// EventBridge delivers the event of one drift report more than once: one training answers all of them. It trains, or
/// decides `nothing_new` where an earlier one has answered the same labelled rows.
///
/// @param checkedAt the report's time, on the day that is the cutoff of its training
record RepeatedDrift(Instant checkedAt, int deliveries) implements Act {

    @Override
    public String sentence() {
        return "the drift report of %s is delivered %d times".formatted(checkedAt, deliveries);
    }

    @Override
    public String perform(WalkedSystem walked) {
        var trainings = walked.trainings();
        trainings.awaitNone();
        int before = trainings.count();
        var report = new DriftReport(
                checkedAt,
                new ModelVersion("1"),
                LocalDate.EPOCH,
                DriftPolicy.DEFAULT.minSamples(),
                new LinkedHashMap<>(),
                DriftPolicy.DEFAULT,
                new DriftVerdict.Drifted(List.of(Feature.AGE_DAYS)));
        try (var events = walked.system().aws(EventBridgeClient.builder())) {
            var signal = new EventBridgeDriftSignal(events, LocalStage.NAME);
            for (int delivery = 0; delivery < deliveries; delivery++) {
                signal.detected(report, Optional.empty());
            }
        }
        trainings.awaitCount(before + deliveries);
        trainings.awaitNone();
        var ended = trainings.takeOthers();
        assertThat(ended)
                .allMatch(end ->
                        end.status() == ExecutionStatus.SUCCEEDED || walked.explains(String.valueOf(end.cause())));
        var decisions = ended.stream()
                .filter(end -> end.status() == ExecutionStatus.SUCCEEDED)
                .map(end -> JsonDocument.parse(end.output()))
                .filter(output -> output.has("promotion"))
                .map(output -> output.document("promotion").text("decision"))
                .toList();
        if (walked.refusedColumn().isPresent()) {
            assertThat(decisions).as("decisions about refused rows").isEmpty();
            return "the rows are refused, and no training has answered";
        }
        assertThat(decisions).as("decisions for one report").hasSize(1);
        return "1 of %d was answered: %s".formatted(ended.size(), decisions.getFirst());
    }
}

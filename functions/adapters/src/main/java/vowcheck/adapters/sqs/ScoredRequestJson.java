package vowcheck.adapters.sqs;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.features.Application;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.ApiKeyId;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

/// A scored request on its way to the log: names as in `prediction_logs`, features as arrays in the contract's
/// order.
public final class ScoredRequestJson {

    private ScoredRequestJson() {}

    /// Writes a request in one line.
    public static String write(ScoredRequest request) {
        var fields = new LinkedHashMap<String, Object>();
        var origin = request.origin();
        fields.put("request_id", origin.requestId().value());
        fields.put("endpoint", origin.endpoint().fieldValue());
        fields.put("purpose", origin.purpose().fieldValue());
        fields.put("api_key_id", origin.apiKeyId().value());
        fields.put("timestamp", request.timestamp().toString());
        fields.put("model_version", request.modelVersion().value());
        fields.put(
                "applications",
                request.scored().stream()
                        .map(scored -> Map.of(
                                "divorce_probability", scored.probability(),
                                "features", scored.application().values(FeatureSchema.CONTRACT)))
                        .toList());
        return JsonDocument.write(fields);
    }

    /// Throws [IllegalArgumentException] naming what is missing, of another type or out of its bounds.
    public static ScoredRequest read(JsonDocument document) {
        try {
            return request(document);
        } catch (InvalidApplication e) {
            throw new IllegalArgumentException("an application is out of its bounds", e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the field 'timestamp' is no time of ISO 8601", e);
        }
    }

    private static ScoredRequest request(JsonDocument document) {
        List<ScoredApplication> applications = new ArrayList<>();
        for (var scored : document.documents("applications")) {
            applications.add(new ScoredApplication(
                    Application.of(FeatureSchema.CONTRACT, scored.floats("features")),
                    scored.number("divorce_probability")));
        }
        return new ScoredRequest(
                new RequestOrigin(
                        new RequestId(document.text("request_id")),
                        Endpoint.named(document.text("endpoint")),
                        Purpose.named(document.text("purpose")),
                        new ApiKeyId(document.text("api_key_id"))),
                Instant.parse(document.text("timestamp")),
                new ModelVersion(document.text("model_version")),
                applications);
    }
}

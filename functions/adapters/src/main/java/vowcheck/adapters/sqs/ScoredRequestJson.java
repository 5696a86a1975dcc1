package vowcheck.adapters.sqs;

import static vowcheck.adapters.bundle.ModelIdentityJson.MANIFEST_HASH;
import static vowcheck.adapters.bundle.ModelIdentityJson.VERSION;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.Application;
import vowcheck.core.features.ApplicationForm;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.features.InvalidApplication;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.ShadowScore;
import vowcheck.core.scoring.SubmittedApplication;

/// A scored request as the queue holds it until it is logged: names as in `prediction_logs`. The features are named
/// once, and each application has an array of their values, `null` where one is missing. So a message that another
/// build wrote can be read: a feature that it did not know yet is missing. Immutable and thread-safe.
public final class ScoredRequestJson {

    private static final String SHADOW_VERSION = "shadow_version";
    private static final String SHADOW_PROBABILITY = "shadow_probability";

    private final FeatureSchema schema;

    /// @param schema the features of this build
    public ScoredRequestJson(FeatureSchema schema) {
        this.schema = schema;
    }

    /// Writes a request in one line.
    public String write(ScoredRequest request) {
        var origin = request.origin();
        return new JsonObject()
                .with("request_id", origin.requestId().value())
                .with("endpoint", origin.endpoint().fieldValue())
                .with("purpose", origin.purpose().fieldValue())
                .with("client", origin.client().value())
                .with("timestamp", request.timestamp().toString())
                .with(VERSION, request.modelVersion().value())
                .withPresent(
                        MANIFEST_HASH,
                        Optional.ofNullable(request.manifestHash()).map(Sha256::hex))
                .with("feature_names", schema.fieldNames())
                .with(
                        "applications",
                        request.scored().stream().map(this::application).toList())
                .json();
    }

    private JsonObject application(ScoredApplication scored) {
        return new JsonObject()
                .with("divorce_probability", scored.probability())
                .withPresent(
                        LoanId.FIELD_NAME, Optional.ofNullable(scored.loanId()).map(LoanId::value))
                .withPresent(
                        SHADOW_VERSION,
                        Optional.ofNullable(scored.shadow())
                                .map(shadow -> shadow.version().value()))
                .withPresent(
                        SHADOW_PROBABILITY, Optional.ofNullable(scored.shadow()).map(ShadowScore::probability))
                .with("features", values(scored.application()));
    }

    private List<@Nullable Float> values(Application application) {
        var values = new ArrayList<@Nullable Float>(schema.size());
        for (var feature : schema.features()) {
            values.add(application.has(feature) ? (Float) application.value(feature) : null);
        }
        return values;
    }

    /// Throws [IllegalArgumentException] naming what is missing, of another type or out of its bounds.
    public ScoredRequest read(JsonDocument document) {
        try {
            return request(document);
        } catch (InvalidApplication e) {
            var features =
                    e.faults().stream().map(InvalidApplication.Fault::fieldName).toList();
            throw new IllegalArgumentException(
                    "an application lacks %s or has values out of bounds there".formatted(features), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("the field 'timestamp' is no time of ISO 8601", e);
        }
    }

    private ScoredRequest request(JsonDocument document) {
        var origin = new RequestOrigin(
                new RequestId(document.text("request_id")),
                Endpoint.named(document.text("endpoint")),
                Purpose.named(document.text("purpose")),
                client(document));
        var timestamp = Instant.parse(document.text("timestamp"));
        var written = schema.select(names(document));
        List<ScoredApplication> applications = new ArrayList<>();
        for (var scored : document.documents("applications")) {
            var application = application(scored.floats("features"), written);
            applications.add(new ScoredApplication(
                    new SubmittedApplication(application, loanId(scored)),
                    scored.number("divorce_probability"),
                    shadow(scored)));
        }
        return new ScoredRequest(
                origin,
                timestamp,
                new ModelVersion(document.text(VERSION)),
                document.has(MANIFEST_HASH) ? document.value(MANIFEST_HASH, Sha256::new) : null,
                applications);
    }

    /// Messages named the id of an API key while only the clerks' application had one.
    private static ClientName client(JsonDocument document) {
        if (document.has("client")) {
            return document.value("client", ClientName::new);
        }
        return document.text("api_key_id").equals(ClientName.UNKNOWN.value()) ? ClientName.UNKNOWN : ClientName.CLERKS;
    }

    /// An application has none where the client named none, and messages had none before clients could.
    private static @Nullable LoanId loanId(JsonDocument application) {
        return application.has(LoanId.FIELD_NAME) ? application.value(LoanId.FIELD_NAME, LoanId::new) : null;
    }

    /// An application has none where no shadow scored it, and messages of earlier builds had none.
    private static @Nullable ShadowScore shadow(JsonDocument application) {
        return application.has(SHADOW_VERSION)
                ? new ShadowScore(
                        application.value(SHADOW_VERSION, ModelVersion::new), application.number(SHADOW_PROBABILITY))
                : null;
    }

    /// Messages named no features while every build had the contract's ten.
    private static List<String> names(JsonDocument document) {
        return document.has("feature_names") ? document.texts("feature_names") : FeatureSchema.CONTRACT.fieldNames();
    }

    /// What was answered is stored, even without a feature that was required by then: the build that answered it may
    /// not have known the feature.
    private Application application(float[] values, FeatureSchema written) {
        if (values.length != written.size()) {
            throw new IllegalArgumentException("%d features, expected %d".formatted(values.length, written.size()));
        }
        var form = new ApplicationForm(schema, Feature.ALWAYS);
        for (int position = 0; position < values.length; position++) {
            if (!Float.isNaN(values[position])) {
                form.enter(written.features().get(position), values[position]);
            }
        }
        return form.application();
    }
}

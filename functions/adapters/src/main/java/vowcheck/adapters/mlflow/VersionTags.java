package vowcheck.adapters.mlflow;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.core.model.VersionStatus;

/// The tags that state the status of a version and of its run in MLflow.
final class VersionTags {

    /// SHA-256 of the manifest that was published with a version.
    static final String MANIFEST_HASH = ModelIdentityJson.MANIFEST_HASH;

    /// The cutoff of the training that made it.
    static final String CUTOFF = "data_cutoff_date";

    static final String STATUS = "status";
    static final String COMPARISON = "comparison_result";

    private VersionTags() {}

    /// The tags that a status sets; other tags stay as they are.
    static Map<String, String> of(VersionStatus status) {
        return switch (status) {
            case CANDIDATE -> Map.of(STATUS, "candidate");
            case PROMOTED -> compared("production", "promoted");
            case REPLACED -> Map.of(STATUS, "deprecated");
            case NOT_BETTER -> compared("rejected", "kept");
            case NOT_COMPARABLE -> compared("rejected", "not_comparable");
            case TAKEN_BACK -> compared("rejected", "taken_back");
            case REINSTATED -> Map.of(STATUS, "production");
        };
    }

    /// What the comparison with the champion led to, for people; empty for a status that does not say it.
    static Optional<String> result(VersionStatus status) {
        return Optional.ofNullable(of(status).get(COMPARISON)).map(result -> result.replace('_', ' '));
    }

    private static Map<String, String> compared(String status, String result) {
        var tags = new TreeMap<String, String>();
        tags.put(STATUS, status);
        tags.put(COMPARISON, result);
        return tags;
    }
}

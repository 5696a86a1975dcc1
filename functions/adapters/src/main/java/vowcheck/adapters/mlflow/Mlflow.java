package vowcheck.adapters.mlflow;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.ExperimentTracking;
import vowcheck.core.training.RunId;

/// MLflow as tracker and registry. What a call creates may be created twice where an answer is lost: a run
/// or a version more, which nothing refers to. Not thread-safe.
public final class Mlflow implements ExperimentTracking, ModelRegistry {

    /// The experiment that all runs belong to.
    public static final String EXPERIMENT = "divorce";

    /// Tag of a version: SHA-256 of the manifest that was published with it.
    public static final String MANIFEST_HASH = "manifest_sha256";

    private static final String NAME = ModelManifest.MODEL_NAME;

    /// Scheme of the artifacts that MLflow's server stores for its clients.
    private static final String ARTIFACTS = "mlflow-artifacts:";

    private final MlflowHttp http;
    private final InstantSource clock;

    /// @param base URL up to and including the static prefix
    /// @param login read at the first call
    public Mlflow(
            URI base, Supplier<MlflowLogin> login, MlflowLimits limits, InstantSource clock, RandomGenerator random) {
        this.http = new MlflowHttp(base, login, limits, random);
        this.clock = clock;
    }

    @Override
    public RunId start(String name, Map<String, String> tags) {
        var run = http.post(
                "runs/create",
                Map.of(
                        "experiment_id", experimentId(),
                        "run_name", name,
                        "start_time", clock.millis(),
                        "tags", pairs(tags)));
        return new RunId(run.document("run").document("info").text("run_id"));
    }

    private String experimentId() {
        return experiment().orElseGet(() -> {
            try {
                return http.post("experiments/create", Map.of("name", EXPERIMENT))
                        .text("experiment_id");
            } catch (MlflowRefused e) {
                if (!e.isAlreadyThere()) {
                    throw e;
                }
                return experiment().orElseThrow(() -> e); // somebody was faster
            }
        });
    }

    private Optional<String> experiment() {
        try {
            return Optional.of(http.get("experiments/get-by-name", "experiment_name=" + EXPERIMENT)
                    .document("experiment")
                    .text("experiment_id"));
        } catch (MlflowRefused e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void log(RunId run, Map<String, String> parameters, Map<String, Double> metrics, Map<String, String> tags) {
        long now = clock.millis();
        var measured = metrics.entrySet().stream()
                .map(metric -> Map.of("key", metric.getKey(), "value", metric.getValue(), "timestamp", now, "step", 0))
                .toList();
        http.post(
                "runs/log-batch",
                Map.of("run_id", run.value(), "params", pairs(parameters), "metrics", measured, "tags", pairs(tags)));
    }

    @Override
    public void attach(RunId run, String path, byte[] content) {
        http.putArtifact(artifactPath(run) + "/" + path, content);
    }

    /// The run's artifacts below the server's own folder for them.
    private String artifactPath(RunId run) {
        var uri = artifactUri(run);
        if (!uri.startsWith(ARTIFACTS)) {
            throw new RegistryUnavailable(
                    "MLflow keeps the run's artifacts at %s, expected %s: its server must serve them"
                            .formatted(uri, ARTIFACTS));
        }
        return URI.create(uri).getPath().replaceFirst("^/+", "");
    }

    private String artifactUri(RunId run) {
        return http.get("runs/get", "run_id=" + run.value())
                .document("run")
                .document("info")
                .text("artifact_uri");
    }

    @Override
    public ModelVersion register(RunId run) {
        try {
            http.post("registered-models/create", Map.of("name", NAME));
        } catch (MlflowRefused e) {
            if (!e.isAlreadyThere()) {
                throw e;
            }
        }
        var version = http.post(
                "model-versions/create",
                Map.of("name", NAME, "source", artifactUri(run) + "/model", "run_id", run.value()));
        return new ModelVersion(version.document("model_version").text("version"));
    }

    @Override
    public void end(RunId run, boolean successful) {
        http.post(
                "runs/update",
                Map.of(
                        "run_id",
                        run.value(),
                        "status",
                        successful ? "FINISHED" : "FAILED",
                        "end_time",
                        clock.millis()));
    }

    @Override
    public Optional<ModelVersion> holder(ModelAlias alias) {
        try {
            return Optional.of(new ModelVersion(
                    http.get("registered-models/alias", "name=%s&alias=%s".formatted(NAME, alias.fieldValue()))
                            .document("model_version")
                            .text("version")));
        } catch (MlflowRefused e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void assign(ModelAlias alias, ModelVersion version) {
        http.post(
                "registered-models/alias",
                Map.of("name", NAME, "alias", alias.fieldValue(), "version", version.value()));
    }

    @Override
    public void remove(ModelAlias alias) {
        try {
            http.delete("registered-models/alias", Map.of("name", NAME, "alias", alias.fieldValue()));
        } catch (MlflowRefused e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    @Override
    public Sha256 manifestHash(ModelVersion version) {
        var found = tags(version).stream()
                .filter(tag -> tag.text("key").equals(MANIFEST_HASH))
                .map(tag -> tag.text("value"))
                .findFirst()
                .orElseThrow(() ->
                        new RegistryUnavailable("MLflow's version %s has no tag %s".formatted(version, MANIFEST_HASH)));
        try {
            return new Sha256(found);
        } catch (IllegalArgumentException e) {
            throw new RegistryUnavailable(
                    "MLflow's version %s: %s: %s".formatted(version, MANIFEST_HASH, e.getMessage()), e);
        }
    }

    @Override
    public void tag(ModelVersion version, Map<String, String> tags) {
        var run = version(version).text("run_id");
        for (var tag : tags.entrySet()) {
            var fields = new LinkedHashMap<String, String>();
            fields.put("name", NAME);
            fields.put("version", version.value());
            fields.put("key", tag.getKey());
            fields.put("value", tag.getValue());
            http.post("model-versions/set-tag", fields);
            http.post("runs/set-tag", Map.of("run_id", run, "key", tag.getKey(), "value", tag.getValue()));
        }
    }

    private JsonDocument version(ModelVersion version) {
        return http.get(
                        "model-versions/get",
                        "name=%s&version=%s"
                                .formatted(NAME, URLEncoder.encode(version.value(), StandardCharsets.UTF_8)))
                .document("model_version");
    }

    private List<JsonDocument> tags(ModelVersion version) {
        var found = version(version);
        return found.has("tags") ? found.documents("tags") : List.of();
    }

    private static List<Map<String, String>> pairs(Map<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> Map.of("key", entry.getKey(), "value", entry.getValue()))
                .toList();
    }
}

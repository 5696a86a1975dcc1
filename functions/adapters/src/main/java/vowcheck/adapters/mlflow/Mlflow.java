package vowcheck.adapters.mlflow;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.mlflow.api.proto.ModelRegistry.ModelVersionTag;
import org.mlflow.api.proto.Service.CreateExperiment;
import org.mlflow.api.proto.Service.CreateRun;
import org.mlflow.api.proto.Service.Metric;
import org.mlflow.api.proto.Service.Param;
import org.mlflow.api.proto.Service.RunStatus;
import org.mlflow.api.proto.Service.RunTag;
import org.mlflow.tracking.MlflowClientException;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelRegistry;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.ExperimentTracking;
import vowcheck.core.training.Outcome;
import vowcheck.core.training.RunId;
import vowcheck.core.training.RunStart;
import vowcheck.core.training.SearchTrial;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.UnfinishedRuns;

/// MLflow as tracker and registry. Where the answer to a creating call is lost, the retry may create a second run
/// or version; nothing refers to the first. Not thread-safe.
public final class Mlflow implements ExperimentTracking, ModelRegistry, UnfinishedRuns {

    /// The experiment that all runs belong to.
    public static final String EXPERIMENT = "divorce";

    /// The tag of a run that names the execution which started it.
    private static final String EXECUTION_TAG = "workflow_execution";

    /// The tag of a run that says why its training was started: `replay` for those of a replay.
    private static final String REASON_TAG = "training_reason";

    /// What MLflow's pages show as a run's source: the workflow that started it.
    private static final String SOURCE = "vowcheck training";

    /// MLflow's own: its page about a run shows it as Markdown.
    static final String DESCRIPTION_TAG = "mlflow.note.content";

    /// MLflow's own: its page shows a run below the one that the tag names.
    private static final String PARENT_TAG = "mlflow.parentRunId";

    /// The tag of a run that says which of its reports are missing.
    private static final String MISSING_TAG = "missing_reports";

    private static final int MOST_RUNS = 100;

    private static final Logger LOG = System.getLogger(Mlflow.class.getName());

    private static final String NAME = ModelManifest.MODEL_NAME;

    /// What the registered model is for, given to MLflow when the first version is registered; people may change it.
    private static final String DESCRIPTION = """
            Estimates the probability that a newly married couple divorces within one month after a loan is paid, from \
            ten features of the application. The version with the alias `production` serves, and `deprecated` is the \
            one that served before. Each version's run has its model card, and each version the reasons of the \
            decision about it.""";

    /// Scheme of the artifacts that MLflow's server stores for its clients.
    private static final String ARTIFACTS = "mlflow-artifacts:";

    private final LimitedMlflowClient client;
    private final MlflowHttp http;
    private final InstantSource clock;

    /// @param base URL up to and including the static prefix
    /// @param login read at the first call, and again when MLflow refuses it
    public Mlflow(URI base, RememberedSecret<MlflowLogin> login, MlflowLimits limits, InstantSource clock) {
        this(base, login, limits, Deadline.none(), clock);
    }

    /// @param base URL up to and including the static prefix
    /// @param login read at the first call, and again when MLflow refuses it
    /// @param deadline after which no call begins
    public Mlflow(
            URI base,
            RememberedSecret<MlflowLogin> login,
            MlflowLimits limits,
            Deadline deadline,
            InstantSource clock) {
        var host = base.toString().replaceFirst("/$", "");
        var attempts = new Attempts(limits, login, deadline);
        this.client = new LimitedMlflowClient(host, login, limits, attempts);
        this.http = new MlflowHttp(host, login, limits, attempts);
        this.clock = clock;
    }

    @Override
    public void prepare() {
        experimentId();
    }

    @Override
    public RunId replay(String execution, RunStart training) {
        var experiment = experimentId();
        var search = new JsonObject()
                .with("experiment_ids", List.of(experiment))
                .with("filter", "tags.%s = '%s'".formatted(EXECUTION_TAG, execution))
                .with("max_results", 1);
        return found("runs", client.sendPost("runs/search", search.json())).stream()
                .map(run -> new RunId(run.document("info").text("run_id")))
                .findFirst()
                .orElseGet(() -> created(run(experiment, execution, training)
                        .setRunName(runName("replay", "from " + training.cutoff()))));
    }

    @Override
    public RunId start(RunStart training, Optional<RunId> replay) {
        var request = run(experimentId(), training.execution(), training)
                .setRunName(runName("cutoff " + training.cutoff(), "training"));
        replay.ifPresent(it -> request.addTags(tag(PARENT_TAG, it.value())));
        return created(request);
    }

    private static CreateRun.Builder run(String experiment, String execution, RunStart training) {
        return CreateRun.newBuilder()
                .setExperimentId(experiment)
                .setUserId(training.author())
                .setStartTime(training.begun().toEpochMilli())
                .addTags(tag(EXECUTION_TAG, execution))
                .addTags(tag(REASON_TAG, training.reason()))
                .addTags(tag("mlflow.user", training.author()))
                .addTags(tag("mlflow.source.name", SOURCE))
                .addTags(tag("mlflow.source.type", "JOB"));
    }

    private RunId created(CreateRun.Builder request) {
        return new RunId(understood(() -> client.createRun(request.build())).getRunId());
    }

    /// The id of the experiment, which is restored where it was deleted, and created where there is none.
    private String experimentId() {
        var found = experiment();
        if (found.isPresent() && found.get().isDeleted()) {
            restore(found.get());
        }
        return found.map(ExperimentEntry::id).orElseGet(() -> {
            try {
                return understood(() -> client.createExperiment(
                        CreateExperiment.newBuilder().setName(EXPERIMENT).build()));
            } catch (MlflowRefused e) {
                if (!e.isAlreadyThere()) {
                    throw e;
                }
                // Another client has just created it.
                return experiment().map(ExperimentEntry::id).orElseThrow(() -> e);
            }
        });
    }

    /// The experiment as MLflow has it. Deleted ones keep their names, so there is at most one.
    private record ExperimentEntry(String id, boolean isDeleted) {}

    private Optional<ExperimentEntry> experiment() {
        var search = new JsonObject()
                .with("filter", "attribute.name = '%s'".formatted(EXPERIMENT))
                .with("view_type", "ALL")
                .with("max_results", 1);
        return found("experiments", client.sendPost("experiments/search", search.json())).stream()
                .map(it -> new ExperimentEntry(
                        it.text("experiment_id"), it.text("lifecycle_stage").equals("deleted")))
                .findFirst();
    }

    private void restore(ExperimentEntry experiment) {
        try {
            client.sendPost(
                    "experiments/restore",
                    new JsonObject().with("experiment_id", experiment.id()).json());
            LOG.log(Level.WARNING, "the experiment {0} was deleted in MLflow, and is restored", EXPERIMENT);
        } catch (MlflowRefused e) {
            throw new RegistryRefused(
                    "the experiment %s is deleted in MLflow: restore it, or delete it for good with 'mlflow gc' (%s)"
                            .formatted(EXPERIMENT, e.getMessage()),
                    e);
        }
    }

    @Override
    public int endOf(Execution execution) {
        return endRuns("=", execution);
    }

    @Override
    public int endOfOthers(Execution execution) {
        return endRuns("!=", execution);
    }

    /// Ends the running runs whose tag compares so with the execution. A run without the tag matches neither.
    private int endRuns(String comparison, Execution execution) {
        var experiment = experiment();
        if (experiment.isEmpty() || experiment.get().isDeleted()) {
            return 0;
        }
        var search = new JsonObject()
                .with("experiment_ids", List.of(experiment.get().id()))
                .with(
                        "filter",
                        "attributes.status = 'RUNNING' AND tags.%s %s '%s'"
                                .formatted(EXECUTION_TAG, comparison, execution.name()))
                .with("max_results", MOST_RUNS);
        var runs = found("runs", client.sendPost("runs/search", search.json()));
        runs.forEach(
                run -> client.setTerminated(run.document("info").text("run_id"), RunStatus.KILLED, clock.millis()));
        return runs.size();
    }

    /// What a search found; MLflow leaves the field out where that is nothing.
    private static List<JsonDocument> found(String field, String body) {
        var answer = answer("POST %s/search".formatted(field), body);
        return answer.has(field) ? answer.documents(field) : List.of();
    }

    @Override
    public void record(RunId run, ModelManifest manifest, Optional<Outcome.Champion> champion, CodeVersion code) {
        var fields = RunFields.of(manifest, champion, code);
        long now = clock.millis();
        client.logBatch(
                run.value(),
                fields.metrics().entrySet().stream()
                        .map(metric -> Metric.newBuilder()
                                .setKey(metric.getKey())
                                .setValue(metric.getValue())
                                .setTimestamp(now)
                                .setStep(0)
                                .build())
                        .toList(),
                fields.parameters().entrySet().stream()
                        .map(parameter -> Param.newBuilder()
                                .setKey(parameter.getKey())
                                .setValue(parameter.getValue())
                                .build())
                        .toList(),
                tags(fields.tags()));
    }

    @Override
    public void input(RunId run, ModelManifest manifest) {
        DatasetInput.of(manifest)
                .ifPresent(dataset -> client.sendPost(
                        "runs/log-inputs",
                        new JsonObject()
                                .with("run_id", run.value())
                                .with("datasets", List.of(dataset))
                                .json()));
    }

    @Override
    public void noteMissing(RunId run, List<String> reports) {
        client.logBatch(run.value(), List.of(), List.of(), List.of(tag(MISSING_TAG, String.join("; ", reports))));
    }

    @Override
    public void describe(RunId run, String description) {
        client.logBatch(run.value(), List.of(), List.of(), List.of(tag(DESCRIPTION_TAG, description)));
    }

    @Override
    public void attach(RunId run, SequencedMap<String, byte[]> files) {
        var folder = artifactPath(run);
        files.forEach((path, content) -> http.putArtifact(folder + "/" + path, content));
    }

    /// The path of the run's artifacts below the server's own folder.
    private String artifactPath(RunId run) {
        var uri = artifactUri(run);
        if (!uri.startsWith(ARTIFACTS)) {
            throw new RegistryRefused("MLflow keeps the run's artifacts at %s, expected %s: its server must serve them"
                    .formatted(uri, ARTIFACTS));
        }
        return URI.create(uri).getPath().replaceFirst("^/+", "");
    }

    /// Not by the client's `getRun`, which waits without limit.
    private String artifactUri(RunId run) {
        return answer("GET runs/get", client.sendGet("runs/get?run_id=" + run.value()))
                .document("run")
                .document("info")
                .text("artifact_uri");
    }

    @Override
    public ModelVersion register(RunId run) {
        try {
            client.sendPost(
                    "registered-models/create",
                    new JsonObject()
                            .with("name", NAME)
                            .with("description", DESCRIPTION)
                            .json());
        } catch (MlflowRefused e) {
            if (!e.isAlreadyThere()) {
                throw e;
            }
        }
        var version = new JsonObject()
                .with("name", NAME)
                .with("source", artifactUri(run) + "/" + MODEL_FOLDER)
                .with("run_id", run.value());
        var created = client.sendPost("model-versions/create", version.json());
        return answer("POST model-versions/create", created)
                .document("model_version")
                .value("version", ModelVersion::new);
    }

    @Override
    public void nominate(ModelVersion version, Sha256 manifestHash, LocalDate cutoff) {
        var tags = new LinkedHashMap<>(VersionTags.of(VersionStatus.CANDIDATE));
        tags.put(VersionTags.CUTOFF, cutoff.toString());
        tags.put(VersionTags.MANIFEST_HASH, manifestHash.hex());
        tag(version, registered(version).getRunId(), tags);
    }

    @Override
    public void trials(RunId training, RunStart start, List<SearchTrial> trials) {
        var experiment = experimentId();
        trials.forEach(trial -> record(trial, run(experiment, start.execution(), start), training));
    }

    private void record(SearchTrial trial, CreateRun.Builder begun, RunId training) {
        var run = created(begun.setRunName(runName(SearchFields.name(trial), SearchFields.verdict(trial)))
                        .setStartTime(trial.begun().toEpochMilli())
                        .addTags(tag(PARENT_TAG, training.value()))
                        .addAllTags(tags(SearchFields.tags(trial))))
                .value();
        client.logBatch(run, SearchFields.metrics(trial), SearchFields.parameters(trial.parameters()), List.of());
        client.setTerminated(run, SearchFields.status(trial), trial.ended().toEpochMilli());
    }

    @Override
    public void searched(RunId training, SearchedRecipe found) {
        client.logBatch(
                training.value(),
                SearchFields.metrics(found, clock.millis()),
                SearchFields.parameters(found),
                List.of());
    }

    @Override
    public void end(RunId run, boolean successful) {
        client.setTerminated(run.value(), successful ? RunStatus.FINISHED : RunStatus.FAILED, clock.millis());
    }

    @Override
    public Optional<ModelVersion> holder(ModelAlias alias) {
        try {
            var found = client.sendGet("registered-models/alias?name=%s&alias=%s".formatted(NAME, alias.fieldValue()));
            return Optional.of(answer("GET registered-models/alias", found)
                    .document("model_version")
                    .value("version", ModelVersion::new));
        } catch (MlflowRefused e) {
            if (e.isMissing()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    @Override
    public void assign(ModelAlias alias, ModelIdentity model) {
        requireRegistered(model);
        client.sendPost(
                "registered-models/alias",
                new JsonObject()
                        .with("name", NAME)
                        .with("alias", alias.fieldValue())
                        .with("version", model.version().value())
                        .json());
    }

    @Override
    public void remove(ModelAlias alias) {
        try {
            http.delete(
                    "registered-models/alias",
                    new JsonObject().with("name", NAME).with("alias", alias.fieldValue()));
        } catch (MlflowRefused e) {
            if (!e.isMissing()) {
                throw e;
            }
        }
    }

    @Override
    public Sha256 manifestHash(ModelVersion version) {
        return manifestHash(version, registered(version));
    }

    private static Optional<String> tag(org.mlflow.api.proto.ModelRegistry.ModelVersion registered, String key) {
        return registered.getTagsList().stream()
                .filter(tag -> tag.getKey().equals(key))
                .map(ModelVersionTag::getValue)
                .findFirst();
    }

    private static Sha256 manifestHash(
            ModelVersion version, org.mlflow.api.proto.ModelRegistry.ModelVersion registered) {
        var found = tag(registered, VersionTags.MANIFEST_HASH)
                .orElseThrow(() -> new RegistryRefused(
                        "version %s has no tag %s: no training made it".formatted(version, VersionTags.MANIFEST_HASH)));
        try {
            return new Sha256(found);
        } catch (IllegalArgumentException e) {
            throw new RegistryRefused(
                    "the tag %s of version %s is no hash: %s"
                            .formatted(VersionTags.MANIFEST_HASH, version, e.getMessage()),
                    e);
        }
    }

    @Override
    public void mark(ModelIdentity model, VersionStatus status) {
        var found = requireRegistered(model);
        tag(model.version(), found.getRunId(), VersionTags.of(status));
        // A version of an earlier build has no such tag: its run keeps the name.
        tag(found, VersionTags.CUTOFF)
                .ifPresent(cutoff -> VersionTags.result(status)
                        .ifPresent(result ->
                                rename(found.getRunId(), runName("v" + model.version(), "cutoff " + cutoff, result))));
    }

    private void rename(String run, String name) {
        client.sendPost(
                "runs/update",
                new JsonObject().with("run_id", run).with("run_name", name).json());
    }

    private static String runName(String... parts) {
        return String.join(" · ", parts);
    }

    @Override
    public void describe(ModelIdentity model, String description) {
        requireRegistered(model);
        http.patch(
                "model-versions/update",
                new JsonObject()
                        .with("name", NAME)
                        .with("version", model.version().value())
                        .with("description", description));
    }

    /// The version that the registry has for a model. Refuses another model that has it now.
    private org.mlflow.api.proto.ModelRegistry.ModelVersion requireRegistered(ModelIdentity model) {
        var found = registered(model.version());
        var hash = manifestHash(model.version(), found);
        if (!hash.equals(model.manifestHash())) {
            throw new RegistryRefused("version %s is another model in MLflow: its %s is %s, expected %s"
                    .formatted(model.version(), VersionTags.MANIFEST_HASH, hash, model.manifestHash()));
        }
        return found;
    }

    /// Sets tags of a version and of the run that made it; others stay. The run comes last: it may be deleted.
    private void tag(ModelVersion version, String run, Map<String, String> tags) {
        tags.forEach((key, value) -> {
            var tag = new JsonObject()
                    .with("name", NAME)
                    .with("version", version.value())
                    .with("key", key)
                    .with("value", value);
            client.sendPost("model-versions/set-tag", tag.json());
        });
        client.logBatch(run, List.of(), List.of(), tags(tags));
    }

    private org.mlflow.api.proto.ModelRegistry.ModelVersion registered(ModelVersion version) {
        return understood(() -> client.getModelVersion(NAME, version.value()));
    }

    private static List<RunTag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag -> tag(tag.getKey(), tag.getValue()))
                .toList();
    }

    private static RunTag tag(String key, String value) {
        return RunTag.newBuilder().setKey(key).setValue(value).build();
    }

    private static JsonDocument answer(String call, String body) {
        return JsonDocument.parse(body, new AnswerFaults(call));
    }

    private static <T> T understood(Supplier<T> call) {
        try {
            return call.get();
        } catch (MlflowClientException e) {
            throw new RegistryUnavailable("MLflow's answer is not the JSON that its client expects", e);
        }
    }
}

package vowcheck.adapters.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelCost;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.RegistryRefused;
import vowcheck.core.model.RegistryUnavailable;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.VersionStatus;
import vowcheck.core.training.CodeVersion;
import vowcheck.core.training.RunId;
import vowcheck.core.training.RunStart;
import vowcheck.core.training.SearchTrial;
import vowcheck.core.training.SearchedRecipe;
import vowcheck.core.workflow.Execution;

/// Against a real server; needs VOWCHECK_MLFLOW.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MlflowIT {

    private static final LocalDate CUTOFF = LocalDate.of(2025, 5, 1);
    private static final Instant BEGUN = Instant.parse("2026-11-26T13:05:00Z");
    private static final byte[] CONTENT = "{}".getBytes(StandardCharsets.UTF_8);
    private static final CodeVersion CODE = new CodeVersion("0.1.0", Optional.empty());
    private static final SequencedMap<String, byte[]> FILES = new TreeMap<>(Map.of("model/manifest.json", CONTENT));

    private MlflowServer server;
    private Mlflow mlflow;

    @BeforeAll
    void start(@TempDir Path directory) throws IOException, InterruptedException {
        server = MlflowServer.start(directory);
        mlflow = mlflow(server.url(), server.login());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void aRunHasItsParametersMetricsTagsAndArtifacts() throws IOException, InterruptedException {
        var run = started("one", "manual");
        var manifest = ModelFixtures.constant("7", 0.26).manifest();
        mlflow.record(run, manifest, Optional.empty(), CODE);
        mlflow.input(run, manifest);
        mlflow.noteMissing(run, List.of("model_card.md: MLflow refused it", "data_quality.json: MLflow refused it"));
        mlflow.attach(run, FILES);
        mlflow.end(run, true);

        var found = get("/api/2.0/mlflow/runs/get?run_id=" + run.value()).document("run");
        assertThat(found.document("info").text("status")).isEqualTo("FINISHED");
        var data = found.document("data");
        assertThat(value(data.documents("params"), "max_depth").text("value")).isEqualTo("3");
        assertThat(value(data.documents("metrics"), "average_precision").number("value"))
                .isEqualTo(0.1);
        assertThat(value(data.documents("tags"), "status").text("value")).isEqualTo("candidate");
        assertThat(value(data.documents("tags"), "workflow_execution").text("value"))
                .isEqualTo("one");
        assertThat(value(data.documents("tags"), "missing_reports").text("value"))
                .isEqualTo("model_card.md: MLflow refused it; data_quality.json: MLflow refused it");
        var input = found.document("inputs").documents("dataset_inputs").getFirst();
        assertThat(input.document("dataset").text("name")).isEqualTo("divorce_predictions");
        assertThat(input.document("dataset").text("digest")).hasSize(16);
        assertThat(input.document("dataset").text("schema")).contains("Client_Income", "Divorce");
        var artifacts = get("/api/2.0/mlflow/artifacts/list?path=model&run_id=" + run.value());
        assertThat(artifacts.documents("files").getFirst().text("path")).isEqualTo("model/manifest.json");
    }

    @Test
    void aRunBeginsWithItsTrainingAndHasItsAuthor() throws IOException, InterruptedException {
        var run = started("one", "manual");
        mlflow.end(run, true);

        var info = run(run).document("info");
        assertThat(info.text("user_id")).isEqualTo("ada");
        assertThat(Instant.ofEpochMilli(Long.parseLong(info.any("start_time").toString())))
                .isEqualTo(BEGUN);
        assertThat(Long.parseLong(info.any("end_time").toString())).isGreaterThan(BEGUN.toEpochMilli());
        assertThat(value(run(run).document("data").documents("tags"), "mlflow.user")
                        .text("value"))
                .isEqualTo("ada");
    }

    @Test
    void theRunsOfAReplayAreBelowOneRun() throws IOException, InterruptedException {
        var training = training("first", "replay");
        var replay = mlflow.replay("year", training);
        var first = mlflow.start(training, Optional.of(replay));
        mlflow.end(first, true);
        mlflow.end(replay, true);

        assertThat(mlflow.replay("year", training("second", "replay"))).isEqualTo(replay);
        assertThat(mlflow.replay("another", training("third", "replay"))).isNotEqualTo(replay);

        assertThat(value(run(first).document("data").documents("tags"), "mlflow.parentRunId")
                        .text("value"))
                .isEqualTo(replay.value());
        var info = run(replay).document("info");
        assertThat(info.text("run_name")).isEqualTo("replay · from 2025-05-01");
        assertThat(info.text("status")).isEqualTo("FINISHED");
        assertThat(mlflow.endOf(new Execution("year"))).isZero();

        mlflow.end(replay, false);

        assertThat(status(replay)).isEqualTo("FAILED");
    }

    @Test
    void aTrialIsARunWithinTheRunOfItsTraining() throws IOException, InterruptedException {
        var start = training("searching", "manual");
        var run = mlflow.start(start, Optional.empty());
        var begun = Instant.parse("2025-05-01T00:00:00Z");
        var recipe = new TreeMap<>(Map.of("max_depth", "4"));
        var measured = new SearchTrial.Measured(List.of(0.25, 0.75));
        mlflow.trials(
                run,
                start,
                List.of(
                        new SearchTrial(1, recipe, measured, true, begun, begun.plusSeconds(3)),
                        new SearchTrial(2, recipe, new SearchTrial.Failed("no trees"), false, begun, begun)));
        mlflow.searched(run, new SearchedRecipe(2, 1, 0.5, 0.25, ModelCost.most(100, 3), ModelCost.most(100, 3)));

        var search = new JsonObject()
                .with("experiment_ids", List.of(run(run).document("info").text("experiment_id")))
                .with("filter", "tags.mlflow.parentRunId = '%s'".formatted(run.value()))
                .with("order_by", List.of("tags.search_trial"));
        var found = call("POST", "/api/2.0/mlflow/runs/search", HttpRequest.BodyPublishers.ofByteArray(search.utf8()))
                .documents("runs");

        assertThat(found)
                .extracting(trial -> trial.document("info").text("run_name"))
                .containsExactly("trial 1 · chosen", "trial 2 · failed");
        assertThat(found)
                .extracting(trial -> trial.document("info").text("status"))
                .containsExactly("FINISHED", "FAILED");
        var first = found.getFirst();
        assertThat(first.document("info").longInteger("end_time")
                        - first.document("info").longInteger("start_time"))
                .isEqualTo(3_000);
        assertThat(value(first.document("data").documents("params"), "max_depth")
                        .text("value"))
                .isEqualTo("4");
        assertThat(value(first.document("data").documents("metrics"), "search_average_precision")
                        .number("value"))
                .isEqualTo(0.5);
        var training = run(run).document("data");
        assertThat(value(training.documents("params"), "search_trials").text("value"))
                .isEqualTo("2");
        assertThat(value(training.documents("metrics"), "default_recipe_average_precision_new_people")
                        .number("value"))
                .isEqualTo(0.25);
    }

    @Test
    void aDeletedExperimentIsRestoredWithItsRuns() throws IOException, InterruptedException {
        var run = started("before", "manual");
        var experiment = run(run).document("info").text("experiment_id");
        post("experiments/delete", new JsonObject().with("experiment_id", experiment));
        assertThat(mlflow.endOf(new Execution("before"))).isZero();

        mlflow.prepare();

        assertThat(run(started("after", "manual")).document("info").text("experiment_id"))
                .isEqualTo(experiment);
        assertThat(run(run).document("info").text("lifecycle_stage")).isEqualTo("active");
    }

    @Test
    void onlyTheRunsOfOtherExecutionsAreEnded() throws IOException, InterruptedException {
        var killed = started("killed", "manual");
        var finished = started("killed", "manual");
        mlflow.end(finished, true);
        var holders = started("holder", "manual");
        var byHand = new RunId(call(
                        "POST",
                        "/api/2.0/mlflow/runs/create",
                        HttpRequest.BodyPublishers.ofByteArray(new JsonObject()
                                .with(
                                        "experiment_id",
                                        run(killed).document("info").text("experiment_id"))
                                .utf8()))
                .document("run")
                .document("info")
                .text("run_id"));

        assertThat(mlflow.endOfOthers(new Execution("holder"))).isPositive();

        assertThat(status(killed)).isEqualTo("KILLED");
        assertThat(status(finished)).isEqualTo("FINISHED");
        assertThat(status(holders)).isEqualTo("RUNNING");
        assertThat(status(byHand)).isEqualTo("RUNNING");

        assertThat(mlflow.endOf(new Execution("holder"))).isEqualTo(1);
        assertThat(status(holders)).isEqualTo("KILLED");
        assertThat(mlflow.endOf(new Execution("holder"))).isZero();
    }

    private String status(RunId run) throws IOException, InterruptedException {
        return run(run).document("info").text("status");
    }

    private JsonDocument run(RunId run) throws IOException, InterruptedException {
        return get("/api/2.0/mlflow/runs/get?run_id=" + run.value()).document("run");
    }

    @Test
    void versionsAreCountedAndAliasesMove() {
        var one = nominated();
        var other = nominated();
        assertThat(Integer.parseInt(other.value())).isEqualTo(Integer.parseInt(one.value()) + 1);

        mlflow.assign(ModelAlias.PRODUCTION, new ModelIdentity(one, Sha256.of(CONTENT)));
        mlflow.assign(ModelAlias.PRODUCTION, new ModelIdentity(other, Sha256.of(CONTENT)));
        assertThat(mlflow.holder(ModelAlias.PRODUCTION)).hasValue(other);

        mlflow.remove(ModelAlias.PRODUCTION);
        assertThat(mlflow.holder(ModelAlias.PRODUCTION)).isEmpty();
        mlflow.remove(ModelAlias.PRODUCTION);
    }

    @Test
    void tagsOfAVersionAreAlsoSetOnItsRun() throws IOException, InterruptedException {
        var run = started("one", "manual");
        mlflow.attach(run, FILES);
        var version = mlflow.register(run);
        var hash = Sha256.of(CONTENT);
        mlflow.nominate(version, hash, CUTOFF);

        assertThat(mlflow.manifestHash(version)).isEqualTo(hash);
        assertThat(get("/api/2.0/mlflow/runs/get?run_id=" + run.value())
                        .document("run")
                        .document("data")
                        .documents("tags")
                        .stream()
                        .filter(tag -> tag.text("key").equals("manifest_sha256"))
                        .map(tag -> tag.text("value")))
                .containsExactly(hash.hex());
    }

    @Test
    void aStatusIsMarkedWithTheVersionAndItsRun() throws IOException, InterruptedException {
        var run = started("one", "manual");
        mlflow.attach(run, FILES);
        var version = mlflow.register(run);
        mlflow.nominate(version, Sha256.of(CONTENT), CUTOFF);
        mlflow.mark(new ModelIdentity(version, Sha256.of(CONTENT)), VersionStatus.TAKEN_BACK);

        var ofVersion = get("/api/2.0/mlflow/model-versions/get?name=divorce-model&version=" + version)
                .document("model_version")
                .documents("tags");
        var ofRun = get("/api/2.0/mlflow/runs/get?run_id=" + run.value())
                .document("run")
                .document("data")
                .documents("tags");
        assertThat(List.of(ofVersion, ofRun)).allSatisfy(tags -> {
            assertThat(value(tags, "status").text("value")).isEqualTo("rejected");
            assertThat(value(tags, "comparison_result").text("value")).isEqualTo("taken_back");
            assertThat(value(tags, "manifest_sha256").text("value"))
                    .isEqualTo(Sha256.of(CONTENT).hex());
        });
    }

    /// MLflow's table of runs shows the name, its page of a version the description.
    @Test
    void aRunIsCalledByItsVersionItsCutoffAndWhatCameOfIt() throws IOException, InterruptedException {
        var run = started("one", "replay");
        assertThat(run(run).document("info").text("run_name")).isEqualTo("cutoff 2025-05-01 · training");
        assertThat(value(run(run).document("data").documents("tags"), "training_reason")
                        .text("value"))
                .isEqualTo("replay");
        var version = mlflow.register(run);
        mlflow.nominate(version, Sha256.of(CONTENT), CUTOFF);
        var model = new ModelIdentity(version, Sha256.of(CONTENT));

        mlflow.mark(model, VersionStatus.NOT_COMPARABLE);
        mlflow.mark(model, VersionStatus.REINSTATED);
        mlflow.describe(model, "kept: version 3 is not better");
        mlflow.describe(model, "not comparable: version 2 is in production");

        assertThat(run(run).document("info").text("run_name"))
                .isEqualTo("v%s · cutoff 2025-05-01 · not comparable".formatted(version));
        assertThat(get("/api/2.0/mlflow/model-versions/get?name=divorce-model&version=" + version)
                        .document("model_version")
                        .text("description"))
                .isEqualTo("not comparable: version 2 is in production");
    }

    @Test
    void aVersionWithoutAHashIsNamed() {
        var version = registered();
        assertThatThrownBy(() -> mlflow.manifestHash(version))
                .isInstanceOf(RegistryRefused.class)
                .hasMessage("version %s has no tag manifest_sha256: no training made it".formatted(version));
    }

    @Test
    void aRefusalNamesTheCall() {
        assertThatThrownBy(() -> mlflow.end(new RunId("0123456789abcdef0123456789abcdef"), true))
                .isInstanceOf(RegistryRefused.class)
                .hasMessageContaining("POST runs/update with status 404");
    }

    @Test
    void aVersionWhoseRunWasDeletedIsMarkedAndTheRefusalIsTold() throws IOException, InterruptedException {
        var run = started("one", "manual");
        var version = mlflow.register(run);
        mlflow.nominate(version, Sha256.of(CONTENT), CUTOFF);
        post("runs/delete", new JsonObject().with("run_id", run.value()));

        assertThatThrownBy(() -> mlflow.mark(new ModelIdentity(version, Sha256.of(CONTENT)), VersionStatus.REPLACED))
                .isInstanceOf(RegistryRefused.class)
                .hasMessageContaining("POST runs/log-batch with status 4");
        assertThat(value(
                                get("/api/2.0/mlflow/model-versions/get?name=divorce-model&version=" + version)
                                        .document("model_version")
                                        .documents("tags"),
                                "status")
                        .text("value"))
                .isEqualTo("deprecated");
    }

    @Test
    void anotherModelThatGotTheVersionIsNeitherMarkedNorNamed() {
        var version = nominated();
        var lost = new ModelIdentity(version, Sha256.of(new byte[] {1}));

        for (Consumer<ModelIdentity> call : List.<Consumer<ModelIdentity>>of(
                it -> mlflow.mark(it, VersionStatus.REPLACED), it -> mlflow.assign(ModelAlias.DEPRECATED, it))) {
            assertThatThrownBy(() -> call.accept(lost))
                    .isInstanceOf(RegistryRefused.class)
                    .hasMessage("version %s is another model in MLflow: its manifest_sha256 is %s, expected %s"
                            .formatted(version, Sha256.of(CONTENT), lost.manifestHash()));
        }
        assertThat(mlflow.holder(ModelAlias.DEPRECATED)).isEmpty();
    }

    /// The registered model is deleted, as on MLflow's page, and the next training registers it anew.
    @Test
    void aDeletedRegisteredModelCountsFromOneAgain() throws IOException, InterruptedException {
        var former = new ModelIdentity(nominated(), Sha256.of(CONTENT));
        delete("registered-models/delete", new JsonObject().with("name", "divorce-model"));

        assertThat(mlflow.holder(ModelAlias.PRODUCTION)).isEmpty();
        mlflow.remove(ModelAlias.PRODUCTION);
        assertThatThrownBy(() -> mlflow.mark(former, VersionStatus.REPLACED))
                .isInstanceOf(RegistryRefused.class)
                .hasMessageContaining("RESOURCE_DOES_NOT_EXIST");

        assertThat(registered()).isEqualTo(new ModelVersion("1"));
    }

    @Test
    void aWrongPasswordIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> mlflow(server.url(), new MlflowLogin("admin", "wrong secret"))
                        .holder(ModelAlias.PRODUCTION))
                .isInstanceOf(RegistryUnavailable.class)
                .hasMessageContaining("GET registered-models/alias with status 401")
                .hasMessageNotContaining("wrong secret");
    }

    private ModelVersion nominated() {
        var version = registered();
        mlflow.nominate(version, Sha256.of(CONTENT), CUTOFF);
        return version;
    }

    private ModelVersion registered() {
        var run = started("one", "manual");
        mlflow.attach(run, FILES);
        return mlflow.register(run);
    }

    private RunId started(String execution, String reason) {
        return mlflow.start(training(execution, reason), Optional.empty());
    }

    private static RunStart training(String execution, String reason) {
        return new RunStart(CUTOFF, execution, reason, "ada", BEGUN);
    }

    private static JsonDocument value(List<JsonDocument> pairs, String key) {
        return pairs.stream()
                .filter(pair -> pair.text("key").equals(key))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + key));
    }

    private JsonDocument get(String path) throws IOException, InterruptedException {
        return call("GET", path, HttpRequest.BodyPublishers.noBody());
    }

    /// What a person does on MLflow's page.
    private void post(String call, JsonObject body) throws IOException, InterruptedException {
        call("POST", "/api/2.0/mlflow/" + call, HttpRequest.BodyPublishers.ofByteArray(body.utf8()));
    }

    private void delete(String call, JsonObject body) throws IOException, InterruptedException {
        call("DELETE", "/api/2.0/mlflow/" + call, HttpRequest.BodyPublishers.ofByteArray(body.utf8()));
    }

    private JsonDocument call(String method, String path, HttpRequest.BodyPublisher body)
            throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(server.url() + path))
                    .header("Authorization", server.login().authorization())
                    .header("Content-Type", "application/json")
                    .method(method, body)
                    .build();
            return JsonDocument.parse(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    private static Mlflow mlflow(URI url, MlflowLogin login) {
        var secret = new JsonObject()
                .with("username", login.username())
                .with("password", login.password())
                .json();
        var remembered = new RememberedSecret<>(() -> secret, MlflowLogin::fromSecret, InstantSource.system());
        return new Mlflow(url, remembered, MlflowLimits.INTERACTIVE, InstantSource.system());
    }
}

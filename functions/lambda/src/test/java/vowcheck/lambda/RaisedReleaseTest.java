package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.bundle.ModelIdentityJson;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.s3.S3Workflow;
import vowcheck.adapters.tribuo.ReadableReleases;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.InMemoryModelRegistry;
import vowcheck.core.model.ModelAlias;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelPointer;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.scoring.InMemoryPredictions;
import vowcheck.core.scoring.MovableClock;
import vowcheck.core.training.OutcomeFixtures;
import vowcheck.core.training.PromotionDecision.Verdict;
import vowcheck.core.training.PromotionPolicy;
import vowcheck.core.training.PromotionRule;
import vowcheck.core.workflow.Execution;
import vowcheck.core.workflow.InMemoryWorkflow;
import vowcheck.core.workflow.Promotion;
import vowcheck.core.workflow.Restoration;
import vowcheck.core.workflow.SmokeCall;
import vowcheck.core.workflow.SmokeFailed;
import vowcheck.lambda.observation.MetricLog;

/// XGBoost is raised from 3.0.4 to 3.4.0 while version 1, which 3.0.4 trained, serves. The former build reads
/// only 3.0.4, the new one reads both. Version 2 is trained by 3.4.0. Both models are real bundles of their
/// releases.
class RaisedReleaseTest {

    private static final Execution EXECUTION = new Execution("raised");
    private static final Path FORMER_RELEASE = BaselineBundle.trainedBy("3.0.4");
    private static final Path RAISED_RELEASE = BaselineBundle.trainedBy("3.4.0");

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3Workflow workflow = new S3Workflow(s3, "bucket");
    private final InMemoryWorkflow records = new InMemoryWorkflow();
    private final InMemoryModelRegistry registry = new InMemoryModelRegistry();
    private final MovableClock clock = new MovableClock();
    private final Build former = new Build(new ReadableReleases(List.of("3.0.4")));
    private final Build raised = new Build(ReadableReleases.OF_THIS_BUILD);

    @BeforeEach
    void versionOneServes() throws IOException {
        var pointer = published("1", FORMER_RELEASE);
        former.put(pointer);
        registry.assign(ModelAlias.PRODUCTION, pointer.model());
        former.assertServing("1");
    }

    @Test
    void theRaisedBuildIsDeployedAndThenTrains() throws IOException {
        raised.assertServing("1");
        assertThat(raised.probability()).isEqualTo(former.probability());
        trained();

        var result = raised.promotion(raised).promote(EXECUTION);

        assertThat(result.decision().verdict()).isEqualTo(Verdict.PROMOTED);
        assertThat(result.former()).hasValue(new ModelVersion("1"));
        raised.promotion(raised).smoke(EXECUTION);
        raised.refresh();
        raised.assertServing("2");
        assertThat(raised.modelInfo().has("refused")).isFalse();
        assertThat(workflow.current()).isEmpty();
    }

    @Test
    void anEnvironmentOfTheFormerBuildKeepsItsModelAndSaysWhy() throws IOException {
        trained();
        raised.promotion(raised).promote(EXECUTION);
        former.refresh();

        former.assertServing("1");

        var refused = former.modelInfo().document("refused");
        assertThat(refused.text("model_version")).isEqualTo("2");
        assertThat(refused.text("reason"))
                .isEqualTo("xgboost_version of the manifest is '3.4.0', expected one that this build reads: 3.0.4");
        assertThat(former.lastMetrics()).contains("\"ModelRefused\":1");
    }

    @Test
    void aTrainingBeforeThePromotionIsDeployedChangesNothing() throws IOException {
        trained();

        assertThatThrownBy(() -> former.promotion(former).promote(EXECUTION))
                .isInstanceOf(UnusableModel.class)
                .hasMessageEndingWith("expected one that this build reads: 3.0.4");
        former.restoration().restore(EXECUTION);

        assertVersionOneIsUntouched();
    }

    @Test
    void aTrainingBeforeTheScoringIsDeployedIsTakenBack() throws IOException {
        trained();

        raised.promotion(former).promote(EXECUTION);
        former.refresh();
        former.assertServing("1");
        assertThatThrownBy(() -> raised.promotion(former).smoke(EXECUTION)).isInstanceOf(SmokeFailed.class);
        raised.restoration().restore(EXECUTION);

        assertVersionOneIsUntouched();
        assertThat(registry.holder(ModelAlias.PRODUCTION)).hasValue(new ModelVersion("1"));
    }

    @Test
    void afterTheWayBackToAModelOfTheFormerReleaseTheFormerBuildServes() throws IOException {
        trained();
        raised.promotion(raised).promote(EXECUTION);
        raised.promotion(raised).smoke(EXECUTION);

        raised.put(pointer("1", FORMER_RELEASE));

        new Build(new ReadableReleases(List.of("3.0.4"))).assertServing("1");
    }

    private void assertVersionOneIsUntouched() {
        for (var build : List.of(former, raised)) {
            build.refresh();
            build.assertServing("1");
            assertThat(build.modelInfo().has("refused")).isFalse();
        }
    }

    /// What a training of the raised build leaves.
    private void trained() throws IOException {
        var pointer = published("2", RAISED_RELEASE);
        workflow.keep(
                EXECUTION,
                OutcomeFixtures.outcome(
                        "2",
                        pointer.manifestHash(),
                        OutcomeFixtures.champion(pointer("1", FORMER_RELEASE).model(), 0.25),
                        0.26));
    }

    private ModelPointer published(String version, Path bundle) throws IOException {
        var pointer = pointer(version, bundle);
        registry.register(pointer.model());
        raised.models.publish(
                pointer.version(),
                manifest(version, bundle),
                Files.readAllBytes(bundle.resolve(ModelBundle.MODEL_FILE)));
        return pointer;
    }

    private static ModelPointer pointer(String version, Path bundle) throws IOException {
        return new ModelPointer(new ModelIdentity(new ModelVersion(version), Sha256.of(manifest(version, bundle))));
    }

    private static byte[] manifest(String version, Path bundle) throws IOException {
        return Files.readString(bundle.resolve(ModelBundle.MANIFEST_FILE))
                .replace("\"baseline\"", '"' + version + '"')
                .getBytes(StandardCharsets.UTF_8);
    }

    /// The functions of one build, over the bucket that all builds share.
    private final class Build {

        private final S3ModelStore models;
        private final ByteArrayOutputStream metrics = new ByteArrayOutputStream();
        private final ScoringHandler scoring;

        Build(ReadableReleases readable) {
            models = new S3ModelStore(s3, "bucket", FeatureSchema.CURRENT, readable);
            var ports = new ScoringService.Ports(
                    models,
                    new InMemoryPredictions(),
                    new InMemoryPredictions(),
                    _ -> Optional.empty(),
                    Map::of,
                    shadow -> {
                        throw new AssertionError("not asked for");
                    },
                    Map.of(),
                    new MetricLog("test", new PrintStream(metrics, true, StandardCharsets.UTF_8)),
                    Runnable::run,
                    clock);
            scoring = new ScoringHandler(new ScoringService(
                    ports, FeatureSchema.CURRENT, ServiceInMemory.REFRESH_AGE, new RequestIds(new SecureRandom())));
        }

        /// The workflow's step, which tries the challenger with the scoring function of a build.
        Promotion promotion(Build tried) {
            return new Promotion(
                    workflow,
                    workflow,
                    workflow,
                    workflow,
                    models,
                    registry,
                    _ -> tried.smoke(),
                    new PromotionRule(PromotionPolicy.CONTRACT),
                    records.audit());
        }

        Restoration restoration() {
            return new Restoration(workflow, models, registry, records.audit());
        }

        private SmokeCall.Answer smoke() {
            var answer = JsonDocument.parse(Events.handled(scoring, "{\"smoke\":{}}"));
            return new SmokeCall.Answer(ModelIdentityJson.read(answer), answer.number("probability"));
        }

        /// From now on, the next request asks the bucket which model is in production.
        void refresh() {
            clock.pass(ServiceInMemory.REFRESH_AGE.plus(Duration.ofMillis(1)));
        }

        void assertServing(String version) {
            var answer = Events.called(scoring, ServiceInMemory.sample());
            assertThat(answer.getStatusCode()).as(answer.getBody()).isEqualTo(200);
            assertThat(answer.getHeaders()).containsEntry("X-Model-Version", version);
        }

        double probability() {
            return body(Events.called(scoring, ServiceInMemory.sample())).number("probability");
        }

        void put(ModelPointer pointer) {
            assertThat(models.replace(models.inProduction(), pointer)).isTrue();
        }

        JsonDocument modelInfo() {
            return body(Events.called(
                    scoring,
                    ServiceInMemory.sample()
                            .withHttpMethod("GET")
                            .withResource("/model-info")
                            .withQueryStringParameters(Map.of())));
        }

        String lastMetrics() {
            return metrics.toString(StandardCharsets.UTF_8).lines().toList().getLast();
        }

        private JsonDocument body(APIGatewayProxyResponseEvent answer) {
            return JsonDocument.parse(answer.getBody());
        }
    }
}

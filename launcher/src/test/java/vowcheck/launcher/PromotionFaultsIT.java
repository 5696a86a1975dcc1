package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.bundle.ModelBundle;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.s3.PointerJson;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;

/// Faults after a better challenger has been trained: it is promoted completely or not at all.
@ExtendWith(RunningSystem.class)
@Order(3)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PromotionFaultsIT {

    /// The champion has learned from three weeks of rows; a challenger that has learned from eight months beats it.
    private static final String CHAMPION_CUTOFF = "2023-05-22";

    private static final String CUTOFF = "2024-01-01";

    private final LocalSystem system;
    private final TrainingWatch watch;
    private String champion = "1";
    private TrainingWatch.Production before;

    PromotionFaultsIT(LocalSystem system) {
        this.system = system;
        watch = new TrainingWatch(system);
        before = watch.production();
    }

    @BeforeAll
    void train() {
        champion = watch.decision(watch.start(CHAMPION_CUTOFF)).text("model_version");
    }

    @BeforeEach
    void aWeakModelServes() {
        watch.putIntoProduction(champion);
        before = watch.production();
    }

    @AfterAll
    void close() {
        watch.close();
    }

    @Test
    void ofTwoTrainingsThatStartTogetherOneIsPromoted() throws SQLException {
        List<TrainingExecution> both;
        TrainingExecution refused;
        try (var rows = HeldTable.labelledRows(system)) {
            both = List.of(watch.start(CUTOFF), watch.start(CUTOFF));
            rows.awaitWaiter();
            await().atMost(LocalSystem.PATIENCE)
                    .until(() -> both.stream().filter(TrainingExecution::runs).count() == 1);
            refused = both.stream()
                    .filter(training -> !training.runs())
                    .findFirst()
                    .orElseThrow();
        }

        var trained = both.stream()
                .filter(training -> training != refused)
                .findFirst()
                .orElseThrow();
        requirePromoted(trained);
        watch.requireFailure(refused, "Begin", " is running: follow it with ./vowcheck follow ");
    }

    @Test
    void withoutMlflowNothingIsPromoted() throws IOException {
        var training = watch.start(CUTOFF);
        try (var promotion = haltedWhileTraining(training, "promotion")) {
            promotion.awaitCall();
            try (var _ = new StoppedMlflow(system)) {
                promotion.resume();

                watch.requireFailure(training, "Promote", "MLflow did not answer");
            }
        }
        nextTrainingBegins();
        watch.requireUntouched(before);
    }

    @Test
    void aBundleThatWasTamperedWithIsNotPromoted() throws IOException {
        var training = watch.start(CUTOFF);
        try (var promotion = haltedWhileTraining(training, "promotion")) {
            promotion.awaitCall();
            var bucket = system.status().text("bucket");
            var model = BucketKeys.bundleFile(challenger(training), ModelBundle.MODEL_FILE);
            watch.s3().putObject(request -> request.bucket(bucket).key(model), RequestBody.fromString("another"));
        }

        watch.requireFailure(training, "Promote", "The SHA-256 of model.pb is");
        watch.requireUntouched(before);
    }

    @Test
    void aChampionWhoseModelFileIsLostIsReplaced() {
        var bucket = system.status().text("bucket");
        var pointer = PointerJson.read(before.pointer().getBytes(StandardCharsets.UTF_8));
        var model = BucketKeys.bundleFile(pointer.model(), ModelBundle.MODEL_FILE);
        var lost = watch.s3()
                .getObjectAsBytes(request -> request.bucket(bucket).key(model))
                .asByteArray();
        watch.s3().deleteObject(request -> request.bucket(bucket).key(model));
        try {
            var decision = watch.decision(watch.start(CUTOFF));

            assertThat(decision.text("decision")).isEqualTo("promoted");
            assertThat(decision.texts("reasons"))
                    .singleElement()
                    .asString()
                    .startsWith("version %s is in production but cannot be opened (".formatted(champion))
                    .endsWith("), so it counts as none");
            assertThat(watch.production().productionAlias()).contains(decision.text("model_version"));
        } finally {
            watch.s3().putObject(request -> request.bucket(bucket).key(model), RequestBody.fromBytes(lost));
        }
    }

    @Test
    void aPromotionThatCrashesHalfwayIsCompleted() throws SQLException {
        var training = watch.start(CUTOFF);
        try (var aliases = HeldTable.aliases(system)) {
            aliases.awaitWaiter();
            try (var promotion = HaltedProcesses.ofFunction(system, "promotion")) {
                promotion.kill();
            }
        }

        requirePromoted(training);
    }

    @Test
    void aModelWhoseSmokeTestCrashesIsRolledBack() throws IOException {
        var training = watch.start(CUTOFF);
        try (var scoring = haltedWhileTraining(training, "scoring")) {
            scoring.awaitCall();
            scoring.kill();
        }

        watch.requireFailure(training, "Smoke", "could not be tried: the scoring function failed");
        watch.requireUntouched(before);
    }

    @Test
    void aRollbackThatFailsWithoutMlflowIsCompletedByTheNextTraining() throws IOException {
        var training = watch.start(CUTOFF);
        try (var scoring = haltedWhileTraining(training, "scoring")) {
            scoring.awaitCall();
            try (var _ = new StoppedMlflow(system)) {
                scoring.kill();

                watch.requireFailure(training, "Smoke", "AND NOT RESTORED: ");
            }
        }

        nextTrainingBegins();
        watch.requireUntouched(before);
    }

    @Test
    void aModelIsRolledBackWhenItsExecutionIsStoppedBeforeItsSmokeTest() throws IOException {
        var training = watch.start(CUTOFF);
        try (var scoring = haltedWhileTraining(training, "scoring")) {
            scoring.awaitCall();
            try (var promotion = HaltedProcesses.ofFunction(system, "promotion")) {
                training.stop();
                assertThat(training.awaitEnd().status()).isEqualTo(ExecutionStatus.ABORTED);
                promotion.kill(); // otherwise it would continue its smoke test
            }
        }

        watch.requireUntouched(before);
        nextTrainingBegins();
    }

    /// Only Train and Promote need MLflow.
    @Test
    void withoutMlflowAPromotedModelPassesItsSmokeTestAndServes() {
        var training = watch.start(CUTOFF);
        try (var scoring = haltedWhileTraining(training, "scoring")) {
            scoring.awaitCall();
            try (var _ = new StoppedMlflow(system)) {
                scoring.resume();
                watch.decision(training);
            }
        }

        requirePromoted(training);
    }

    /// It has no lock meanwhile: another training runs, and fails for a reason of its own.
    @Test
    void aChallengerWaitsForApprovalAndIsThenPromotedInThatPersonsName() throws SQLException, IOException {
        var training = watch.startWithApproval(CUTOFF);
        var version = awaitedVersion(training);
        watch.requireUntouched(before);
        nextTrainingBegins();

        var other = system.run("approve", champion, "--reason", "a walk");
        var approval = system.run("approve", version, "--reason", "a walk");
        var second = system.run("approve", version, "--reject", "--reason", "a walk");

        assertThat(other.exitCode()).isEqualTo(1);
        assertThat(other.output()).contains("does not wait for approval; these do: " + version + "@");
        assertThat(approval.exitCode()).as(approval.output()).isZero();
        assertThat(approval.output()).contains("version %s is approved: the training ".formatted(version));
        assertThat(second.exitCode()).isEqualTo(1);
        requirePromoted(training);
        assertThat(watch.decision(training).texts("reasons")).endsWith("approved by operator: a walk");
        assertThat(system.ask("""
                        SELECT string_agg(kind || ' by ' || decided_by, ', ' ORDER BY begun_at)
                        FROM model_decisions WHERE to_version = '%s' AND done_at IS NOT NULL
                        """.formatted(version)))
                .isEqualTo("approved by operator, promoted by the training " + training.name());
    }

    @Test
    void aRejectedChallengerIsKeptOutAndAStoppedTrainingWaitsNoLonger() throws IOException {
        var rejected = watch.startWithApproval(CUTOFF);
        var version = awaitedVersion(rejected);

        var rejection = system.run("approve", version, "--reject", "--reason", "a walk");

        assertThat(rejection.exitCode()).as(rejection.output()).isZero();
        var decision = watch.decision(rejected);
        assertThat(decision.text("decision")).isEqualTo("kept");
        assertThat(decision.texts("reasons")).containsExactly("rejected by operator: a walk");
        watch.requireUntouched(before);

        var stopped = watch.startWithApproval(CUTOFF);
        var waiting = awaitedVersion(stopped);
        stopped.stop();
        await().atMost(LocalSystem.PATIENCE)
                .untilAsserted(() -> assertThat(system.run("approve", waiting, "--reason", "a walk")
                                .output())
                        .contains("version %s ".formatted(waiting), "wait"));
        watch.requireUntouched(before);
    }

    /// Of the training that waits, as `status` shows it.
    private String awaitedVersion(TrainingExecution training) {
        training.awaitState("AwaitApproval");
        return await().atMost(LocalSystem.PATIENCE)
                .until(
                        () ->
                                JsonDocument.parse(
                                                system.run("status", "--json").output())
                                        .documents("awaiting_approval")
                                        .stream()
                                        .filter(it -> it.text("execution").equals(training.name()))
                                        .map(it -> it.text("model_version"))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private void requirePromoted(TrainingExecution training) {
        var decision = watch.decision(training);
        assertThat(decision.text("decision")).isEqualTo("promoted");
        var production = watch.production();
        assertThat(production.productionAlias()).contains(decision.text("model_version"));
        assertThat(production.deprecatedAlias()).contains(champion);
    }

    /// A training that begins first undoes a promotion that could not be undone before.
    private void nextTrainingBegins() {
        watch.requireFailure(watch.start("2020-01-01"), "Train", "0 rows to train");
    }

    /// Halts a function that a training does not need while it trains; from then on it answers nothing.
    private HaltedProcesses haltedWhileTraining(TrainingExecution training, String function) {
        training.awaitState("Train");
        return HaltedProcesses.ofFunction(system, function);
    }

    private ModelIdentity challenger(TrainingExecution training) {
        var outcome = JsonDocument.parse(
                watch.object(BucketKeys.outcome(training.name())).orElseThrow());
        return new ModelIdentity(
                outcome.value("model_version", ModelVersion::new), outcome.value("manifest_sha256", Sha256::new));
    }
}

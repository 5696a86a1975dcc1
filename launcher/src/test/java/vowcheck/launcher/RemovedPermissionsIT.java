package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.RecordedDecisions.Use;

/// A running app from which permissions are taken out, one at a time: the call that needs one is denied. First one of
/// each function and task, and whoever waits for it learns what has failed; then others, which a seed decides. A
/// long test, run only by `./vowcheck test --all`.
@Tag("long")
@SecondSystem
@Order(Integer.MAX_VALUE - 2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RemovedPermissionsIT {

    private static final long SEED = Long.getLong("permissions.seed", 1);

    private static final int REMOVED = 10;

    private static final String SECRETS = "secretsmanager:GetSecretValue";

    private static final String NO_LOGIN = "the secret of the database role cannot be read";

    private static final String NO_MLFLOW_LOGIN = "the secret of MLflow's user cannot be read";

    /// On the rows before it, a training beats the baseline.
    private static final String CUTOFF = "2024-01-01";

    /// No answer says which service, role or class is behind it.
    private static final String INTERNALS = "(?is).*(arn:|amazon|secret|exception|authorized to|vowcheck\\.).*";

    private final LocalSystem system;
    private final StageCalls calls;
    private final Set<String> tried = new TreeSet<>();

    RemovedPermissionsIT(LocalSystem system) {
        this.system = system;
        this.calls = new StageCalls(system);
    }

    @BeforeAll
    void up() {
        system.wipe();
        system.up(RecordedDecisions.variables(system), "--quick");
    }

    @AfterAll
    void wipe() {
        system.wipe();
    }

    @Test
    @Order(1)
    void aPredictionThatCannotBeStoredIsAnsweredAndStoredLater() {
        String id;
        try (var relog = without("relog", SECRETS);
                var scoring = without("scoring", SECRETS)) {
            var answer = calls.predict();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            id = StageCalls.id(answer);

            scoring.awaitDenial();
            scoring.awaitLogged("\"Unlogged\":1");
            relog.awaitDenial();
            relog.awaitLogged("stays in the queue: the secret of the database role or of the tombstones");
            assertThat(calls.stored(id)).isZero();
        }
        await("its row").atMost(LocalSystem.PATIENCE).until(() -> calls.stored(id) == 1);
    }

    @Test
    @Order(2)
    void aPredictionThatCanBeKeptNowhereIsRefused() {
        try (var scoring = new MissingPermissions(system, "scoring", SECRETS, "sqs:SendMessage")) {
            requireUnavailable(calls.predict(), "predictions cannot be stored or read now: try again later");
            scoring.awaitDenial();
            scoring.awaitLogged("the queue is out of reach");
        }
        assertThat(calls.predict().statusCode()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void anErasureThatIsNotCompleteIsToBeRepeated() {
        try (var erasure = without("erasure", SECRETS)) {
            requireUnavailable(
                    calls.erase(),
                    "the database or the bucket does not answer, and the erasure is not complete: repeat the call");
            erasure.awaitDenial();
            erasure.awaitLogged("a secret of the erasure cannot be read");
        }
        assertThat(calls.erase().statusCode()).isEqualTo(200);
    }

    /// It has no other permission.
    @Test
    @Order(1)
    void aFunctionThatCannotLogAnswersAllTheSame() {
        try (var open = without("public", "logs:PutLogEvents")) {
            assertThat(calls.health().statusCode()).isEqualTo(200);
            open.awaitDenial();
        }
    }

    @Test
    @Order(1)
    void anExportThatCannotReadEndsWithItsReason() {
        try (var export = without("export", SECRETS)) {
            var state = calls.awaitExport(StageCalls.export(calls.order()).orElseThrow());
            assertThat(state.text("status")).isEqualTo("failed");
            assertThat(state.text("reason")).isEqualTo(NO_LOGIN);
            export.awaitDenial();
            export.awaitLogged(NO_LOGIN);
        }
    }

    @Test
    @Order(1)
    void anExportThatCannotBeStartedIsRefused() {
        try (var operations = without("operations", "lambda:InvokeFunction")) {
            requireUnavailable(calls.order(), "exports can be neither ordered nor looked up now: try again later");
            operations.awaitDenial();
            operations.awaitLogged("ExportUnavailable");
        }
    }

    @Test
    @Order(1)
    void nobodyIsLetThroughWhosePasswordCannotBeChecked() {
        try (var authorizer = without("operator-authorizer", SECRETS)) {
            requireUnavailable(calls.order(), "names and passwords cannot be checked now: try again later");
            authorizer.awaitDenial();
            authorizer.awaitLogged("SecretUnavailable");
        }
        assertThat(calls.order().statusCode()).isEqualTo(202);
    }

    /// AWS counts its failures, of which each raises the alarm of its errors.
    @ParameterizedTest
    @ValueSource(strings = {"drift", "retention", "migrate"})
    @Order(1)
    void aFunctionForWhichNobodyWaitsFailsAndLogsTheCause(String function) {
        try (var missing = without(function, SECRETS)) {
            assertThat(JsonDocument.parse(missing.invoke()).text("errorMessage"))
                    .startsWith("the secret ")
                    .endsWith(" cannot be read");
            missing.awaitDenial();
            missing.awaitLogged("cannot be read");
        }
        try (var programs = new StagePrograms(system)) {
            assertThat(programs.invoke(function)).doesNotContain("errorMessage");
        }
    }

    @Test
    @Order(1)
    void aTrainingThatCannotReadSecretsFailsWithItsReason() {
        requireFailedTraining("training", SECRETS, "Train", NO_MLFLOW_LOGIN);
    }

    @Test
    @Order(1)
    void aTrainingWhoseModelMlflowCannotKeepFailsWithItsReason() {
        requireFailedTraining("mlflow", "s3:PutObject", "Train", "MLflow ");
    }

    @Test
    @Order(1)
    void aPromotionThatCannotLogInToMlflowPromotesNothing() {
        requireFailedTraining("promotion", SECRETS, "Promote", NO_MLFLOW_LOGIN);
    }

    @Test
    @Order(1)
    void anImportThatCannotReachTheDatabaseFailsWithItsReason() throws SQLException {
        var rows = system.ask("SELECT count(*) FROM divorce_predictions");
        try (var missing = without("import", SECRETS)) {
            var report = calls.awaitImport(calls.startImport());
            assertThat(report.isSuccess()).isFalse();
            assertThat(report.message()).contains(NO_LOGIN);
            missing.awaitDenial();
            missing.awaitLogged(NO_LOGIN);
        }
        assertThat(system.ask("SELECT count(*) FROM divorce_predictions")).isEqualTo(rows);
    }

    @Test
    @Order(3)
    void everyFunctionAndTaskHasLackedAPermission() {
        try (var programs = new StagePrograms(system)) {
            assertThat(tried).isEqualTo(programs.names());
        }
    }

    @Test
    @Order(4)
    void aPermissionThatIsTakenOutAtRandomIsMissed() {
        try (var watch = new TrainingWatch(system)) {
            var acts = acts(watch);
            acts.forEach(Act::run);
            var candidates = candidates(acts);
            assertThat(candidates).hasSizeGreaterThan(REMOVED);
            System.out.printf(
                    "%d of %d permissions, seed %d: repeat it with -Dpermissions.seed=%d%n",
                    REMOVED, candidates.size(), SEED, SEED);
            for (var use : candidates.subList(0, REMOVED)) {
                requireDenied(use, act(acts, use));
            }
        }
        assertThat(calls.predict().statusCode()).isEqualTo(200);
    }

    private void requireDenied(Use use, Act act) {
        try (var missing = new MissingPermissions(system, use, act.functions())) {
            act.begin().run();
            missing.awaitDenial();
        }
        act.end().run();
        System.out.printf("denied: %s of %s%n", use.action(), use.role());
    }

    /// What acts need each time, in the order of the seed, and nothing that was refused before.
    private List<Use> candidates(List<Act> acts) {
        var decisions = new RecordedDecisions(system);
        long before = decisions.size();
        try (var policies = new RolePolicies(system)) {
            acts.forEach(act -> act.roles().forEach(policies::renew));
        }
        acts.forEach(Act::run);
        var refused = decisions.refused();
        var candidates = new ArrayList<>(decisions.allowed(before).stream()
                .filter(use -> acts.stream().anyMatch(act -> act.roles().contains(use.role())))
                .filter(use -> !refused.contains(use))
                .sorted(Comparator.comparing(Use::role).thenComparing(Use::action))
                .toList());
        Collections.shuffle(candidates, new Random(SEED));
        return candidates;
    }

    /// What makes programs call AWS.
    ///
    /// @param roles theirs
    /// @param functions that must forget what they know before
    /// @param begin begins it, and waits for nothing that may not come without a permission
    /// @param end waits, with all permissions, until the programs work again
    private record Act(Set<String> roles, List<String> functions, Runnable begin, Runnable end) {

        void run() {
            begin.run();
            end.run();
        }
    }

    private static Act act(List<Act> acts, Use use) {
        return acts.stream()
                .filter(act -> act.roles().contains(use.role()))
                .findFirst()
                .orElseThrow();
    }

    private List<Act> acts(TrainingWatch watch) {
        var acts = new ArrayList<Act>();
        Runnable train = () -> {
            // A model is promoted over the baseline, but not over one of the same rows.
            calls.rollBack();
            watch.start(CUTOFF);
        };
        Runnable export =
                () -> calls.awaitExport(StageCalls.export(calls.order()).orElseThrow());
        Runnable imported = () -> calls.awaitImport(calls.startImport());
        try (var programs = new StagePrograms(system)) {
            var ofTraining = Set.of(
                    programs.role("training"),
                    programs.role("mlflow"),
                    programs.role("promotion"),
                    programs.role(StackOutput.TRAINING_STATE_MACHINE_ARN));
            acts.add(new Act(ofTraining, List.of("promotion"), train, watch::awaitNoTraining));
            var ofImport = Set.of(programs.role("import"), programs.role(StackOutput.IMPORT_STATE_MACHINE_ARN));
            acts.add(new Act(ofImport, List.of(), calls::startImport, imported));
            acts.add(new Act(Set.of(programs.role("export")), List.of("export"), calls::order, export));
            acts.add(act(programs, "operations", calls::operate));
            acts.add(act(programs, "operator-authorizer", calls::order));
            acts.add(act(programs, "scoring", calls::predict));
            acts.add(act(programs, "erasure", calls::erase));
            acts.add(act(programs, "public", calls::health));
            for (var function : List.of("drift", "retention", "migrate")) {
                acts.add(act(programs, function, () -> invoke(function)));
            }
        }
        return acts;
    }

    private static Act act(StagePrograms programs, String function, Runnable call) {
        return new Act(Set.of(programs.role(function)), List.of(function), call, () -> {});
    }

    private void invoke(String function) {
        try (var programs = new StagePrograms(system)) {
            programs.invoke(function);
        }
    }

    private MissingPermissions without(String program, String action) {
        tried.add(program);
        return new MissingPermissions(system, program, action);
    }

    private void requireFailedTraining(String program, String action, String state, String cause) {
        var before = system.modelInfo();
        try (var watch = new TrainingWatch(system);
                var missing = without(program, action)) {
            var training = watch.start(CUTOFF);
            missing.awaitDenial();
            watch.requireFailure(training, state, cause);
        }
        assertThat(system.modelInfo()).isEqualTo(before);
    }

    private static void requireUnavailable(HttpResponse<String> answer, String detail) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(JsonDocument.parse(answer.body()).text("detail")).isEqualTo(detail);
        assertThat(answer.headers().firstValue("Retry-After")).as("Retry-After").isPresent();
        assertThat(answer.body()).doesNotMatch(INTERNALS);
    }
}

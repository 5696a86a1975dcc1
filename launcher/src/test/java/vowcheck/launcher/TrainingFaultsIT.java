package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import vowcheck.adapters.deployment.StageName;
import vowcheck.core.workflow.TrainingRequest;

/// Faults before a challenger is trained: production does not change, operators are notified of the cause, and the next
/// training runs.
@ExtendWith(RunningSystem.class)
@Order(2)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrainingFaultsIT {

    /// Few rows before it, so the training is quick.
    private static final String CUTOFF = "2023-08-01";

    /// The model that serves was trained on the rows before this day, or on more: what is trained on them again is
    /// not better.
    private static final String KEPT_CUTOFF = "2025-05-01";

    private final LocalSystem system;
    private final TrainingWatch watch;
    private final TrainingWatch.Production before;

    TrainingFaultsIT(LocalSystem system) {
        this.system = system;
        watch = new TrainingWatch(system);
        before = watch.production();
    }

    @AfterEach
    void productionIsUntouched() throws IOException {
        watch.requireUntouched(before);
    }

    @AfterAll
    void close() {
        watch.close();
    }

    @ParameterizedTest
    @CsvSource({
        "2999-01-01, Begin, lies in the future",
        "soon, Begin, expected a date such as 2025-05-01",
        "2020-01-01, Train, '0 rows to train, 0 of them divorced'"
    })
    void anImpossibleCutoffIsRefused(String cutoff, String state, String cause) {
        watch.requireFailure(watch.start(cutoff), state, cause);
    }

    @Test
    void rowsOfOneLabelTrainNothing() throws SQLException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO divorce_predictions
                    SELECT -n, 1000, 1000, 100, 12000, 1000, 1000, 1000, 0, 0, 4380, 0, DATE '2023-04-01'
                    FROM generate_series(1, 100) AS n
                    """);
            try {
                watch.requireFailure(watch.start("2023-05-01"), "Train", "81 rows to train, 0 of them divorced");
            } finally {
                statement.execute("DELETE FROM divorce_predictions WHERE \"index\" < 0");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Infinity', is not finite",
        "'NaN', is missing",
        "-1, 'is 0 or less, expected greater than 0'",
    })
    void oneRowOutOfBoundsTrainsNothing(String income, String problem) throws SQLException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("""
                    INSERT INTO divorce_predictions
                    VALUES (-1, '%s', 1000, 100, 12000, 1000, 1000, 1000, 0, 0, 4380, 0, DATE '2023-05-02')
                    """.formatted(income));
            try {
                watch.requireFailure(
                        watch.start(CUTOFF), "Train", "Client_Income of 1 row %s, index -1".formatted(problem));
            } finally {
                statement.execute("DELETE FROM divorce_predictions WHERE \"index\" < 0");
            }
        }
    }

    @Test
    void daysThatCountTheOtherWayTrainNothing() throws SQLException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            var turned = """
                    UPDATE divorce_predictions SET "Age_Days" = -"Age_Days", "ID_Days" = -"ID_Days"
                    WHERE "Date" < DATE '%s'
                    """.formatted(CUTOFF);
            statement.execute(turned);
            try {
                watch.requireFailure(
                        watch.start(CUTOFF),
                        "Train",
                        "Age_Days of 16,468 rows is negative, expected 0 or more, first index 0; ID_Days of ");
            } finally {
                statement.execute(turned);
            }
        }
    }

    @Test
    void aLabelThatWasInvertedTrainsNothing() throws SQLException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            var inverted = """
                    UPDATE divorce_predictions SET "Divorce" = 1 - "Divorce" WHERE "Date" < DATE '%s'
                    """.formatted(CUTOFF);
            statement.execute(inverted);
            try {
                watch.requireFailure(
                        watch.start(CUTOFF),
                        "Train",
                        "the 1,647 newest labelled rows are refused: their share of divorces is 0.9");
            } finally {
                statement.execute(inverted);
            }
        }
    }

    @Test
    void agesThatWereLoadedAsYearsTrainNothing() throws SQLException {
        try (var connection = system.database(LocalSystem.DATABASE);
                var statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TEMPORARY TABLE days AS
                    SELECT "index", "Age_Days" FROM divorce_predictions WHERE "Date" < DATE '%s'
                    """.formatted(CUTOFF));
            statement.execute("""
                    UPDATE divorce_predictions SET "Age_Days" = "Age_Days" / 365.25 WHERE "Date" < DATE '%s'
                    """.formatted(CUTOFF));
            try {
                watch.requireFailure(
                        watch.start(CUTOFF),
                        "Train",
                        "the 1,647 newest labelled rows are refused: Age_Days has moved out of the range that serves:"
                                + " overlap 0.000 with the rows of version ");
            } finally {
                statement.execute("""
                        UPDATE divorce_predictions SET "Age_Days" = days."Age_Days"
                        FROM days WHERE days."index" = divorce_predictions."index"
                        """);
            }
        }
    }

    @Test
    void driftThatTheSameRowsAnsweredTrainsNothing() {
        var trained = watch.decision(watch.start(KEPT_CUTOFF));
        assertThat(trained.text("decision")).isEqualTo("not_comparable");

        var nothing = watch.decision(watch.start(KEPT_CUTOFF, TrainingRequest.DRIFT));

        assertThat(nothing.text("decision")).isEqualTo("nothing_new");
        assertThat(nothing.text("model_version")).isEqualTo(trained.text("model_version"));
        assertThat(nothing.texts("reasons").getFirst())
                .startsWith("the 133,628 labelled rows before 2025-05-01 are those that version %s was trained on"
                        .formatted(trained.text("model_version")));
    }

    @Test
    void aConnectionThatEndsWhileRowsAreReadFailsTheTraining() throws SQLException {
        TrainingExecution training;
        try (var rows = HeldTable.labelledRows(system)) {
            training = watch.start(CUTOFF);
            system.ask("SELECT pg_terminate_backend(%d)".formatted(rows.awaitWaiter()));
        }

        watch.requireFailure(training, "Train", "PostgreSQL did not give the labelled rows, SQL state 57P01");
    }

    /// When one server process is killed, PostgreSQL ends all others and recovers: every client loses its connection.
    @Test
    void aCrashedDatabaseFailsTheTrainingAndRecoversByItself() throws SQLException {
        TrainingExecution training;
        try (var rows = HeldTable.labelledRows(system)) {
            training = watch.start(CUTOFF);
            SystemProcesses.signal("KILL", rows.awaitWaiter());
        }

        watch.requireFailure(training, "Train", "PostgreSQL did not give the labelled rows, SQL state 0");
    }

    @Test
    void aKilledTrainingIsReportedWithItsExitCode() throws SQLException {
        TrainingExecution training;
        try (var rows = HeldTable.labelledRows(system)) {
            training = watch.start(CUTOFF);
            rows.awaitWaiter();
            task(training).getFirst().destroyForcibly();

            watch.requireFailure(training, "Train", "137");
        }
        assertThat(ExecutionEnd.sentence(StageName.LOCAL, training.awaitEnd())).contains("training with exit code 137");
    }

    @Test
    void aTrainingThatIsStoppedByHandEndsItsTaskAndReleasesItsLock() throws SQLException {
        try (var rows = HeldTable.labelledRows(system)) {
            var training = watch.start(CUTOFF);
            rows.awaitWaiter();

            training.stop();

            assertThat(training.awaitEnd().status()).isEqualTo(ExecutionStatus.ABORTED);
            await().atMost(LocalSystem.PATIENCE).until(() -> task(training).isEmpty());
        }
        watch.requireFailure(watch.start("2020-01-01"), "Train", "0 rows to train");
    }

    /// EventBridge delivers an event at least once.
    @Test
    void oneTrainingAnswersAnEventThatIsDeliveredAgainWhileItRunsAndAfterwards() throws SQLException {
        var checkedAt = Instant.parse(KEPT_CUTOFF + "T00:00:04.123456Z");
        TrainingExecution training;
        try (var rows = HeldTable.labelledRows(system)) {
            training = watch.startByDrift(checkedAt);
            rows.awaitWaiter();

            watch.requireDuplicate(watch.startByDrift(checkedAt), training);
        }
        watch.decision(training);

        watch.requireDuplicate(watch.startByDrift(checkedAt), training);
    }

    @Test
    void anEventWhoseTrainingFailedIsTrainedWhenItIsDeliveredAgain() {
        var checkedAt = Instant.parse("2020-01-01T00:00:04Z");
        for (int delivery = 1; delivery <= 2; delivery++) {
            watch.requireFailure(watch.startByDrift(checkedAt), "Train", "0 rows to train");
        }
    }

    @Test
    void withoutMlflowNothingIsTrained() {
        try (var _ = new StoppedMlflow(system)) {
            var notice =
                    watch.requireFailure(watch.start(CUTOFF), "Train", "MLflow did not answer POST experiments/search");

            assertThat(notice.texts("notes"))
                    .singleElement()
                    .asString()
                    .startsWith("runs of trainings that were killed may still be running in the tracker");
        }
    }

    private List<ProcessHandle> task(TrainingExecution training) {
        return SystemProcesses.with(system.folder(), "TRAINING_EXECUTION=" + training.name());
    }
}

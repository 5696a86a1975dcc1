package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.workflow.DecisionsUnavailable;
import vowcheck.core.workflow.ModelDecision;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresModelDecisionsTest {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.123456Z");
    private static final ModelDecision ROLLBACK = new ModelDecision(
            "u.1",
            ModelDecision.Kind.ROLLED_BACK,
            "ada",
            "a complaint; it isn't well",
            ModelFixtures.identity("2"),
            ModelFixtures.identity("1"));

    private TestDatabase server;
    private Database promotion;
    private PostgresModelDecisions decisions;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        promotion = server.as("promotion");
        decisions = new PostgresModelDecisions(promotion);
    }

    @AfterAll
    void stop() throws Exception {
        promotion.close();
        server.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        server.execute("TRUNCATE model_decisions");
    }

    @Test
    void aDecisionIsKeptWithWhoWhenFromToAndWhy() throws SQLException {
        decisions.begun(ROLLBACK, NOW);
        decisions.done(ROLLBACK, NOW.plusSeconds(1));

        assertThat(server.ask("""
                        SELECT concat_ws('|', decision_id, kind, decided_by, reason, from_version, to_version,
                                         begun_at AT TIME ZONE 'UTC', done_at AT TIME ZONE 'UTC')
                        FROM model_decisions
                        """))
                .isEqualTo("u.1|rolled_back|ada|a complaint; it isn't well|2|1|2026-11-26 12:00:00.123456"
                        + "|2026-11-26 12:00:01.123456");
        assertThat(server.ask("SELECT encode(to_manifest_sha256, 'hex') FROM model_decisions"))
                .isEqualTo(ModelFixtures.identity("1").manifestHash().hex());
    }

    @Test
    void aDecisionThatWasInterruptedHasNoEnd() throws SQLException {
        decisions.begun(ROLLBACK, NOW);

        assertThat(server.ask("SELECT done_at IS NULL FROM model_decisions")).isEqualTo("t");
    }

    @Test
    void aRepeatedStepChangesNothing() throws SQLException {
        decisions.begun(ROLLBACK, NOW);
        decisions.done(ROLLBACK, NOW);
        decisions.begun(ROLLBACK, NOW.plusSeconds(5));
        decisions.done(ROLLBACK, NOW.plusSeconds(5));

        assertThat(server.ask("SELECT concat_ws(' ', count(*), max(done_at - begun_at)) FROM model_decisions"))
                .isEqualTo("1 00:00:00");
    }

    @Test
    void aFirstPromotionHasNothingBeforeItAndOneTakenBackNothingAfterIt() throws SQLException {
        decisions.begun(
                new ModelDecision(
                        "promoted-one",
                        ModelDecision.Kind.PROMOTED,
                        "the training one",
                        "no model is in production",
                        null,
                        ModelFixtures.identity("1")),
                NOW);
        decisions.begun(
                new ModelDecision(
                        "taken_back-one",
                        ModelDecision.Kind.TAKEN_BACK,
                        "the training one",
                        "the promotion was not confirmed",
                        ModelFixtures.identity("1"),
                        null),
                NOW);

        assertThat(server.ask("SELECT count(*) FROM model_decisions WHERE from_version IS NULL OR to_version IS NULL"))
                .isEqualTo("2");
    }

    @Test
    void aRefusalOfPostgresIsTold() throws SQLException {
        server.execute("REVOKE UPDATE ON model_decisions FROM promotion");
        try {
            decisions.begun(ROLLBACK, NOW);

            assertThatThrownBy(() -> decisions.done(ROLLBACK, NOW))
                    .isInstanceOf(DecisionsUnavailable.class)
                    .hasMessage("PostgreSQL refused the statement, SQL state 42501");
        } finally {
            server.execute("GRANT UPDATE (done_at) ON model_decisions TO promotion");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT reason FROM model_decisions",
                "UPDATE model_decisions SET reason = 'another'",
                "DELETE FROM model_decisions",
                "INSERT INTO model_decisions (decision_id, done_at) VALUES ('x', now())",
                "SELECT * FROM prediction_logs",
                "SELECT * FROM divorce_predictions",
            })
    void itsRoleCannotDoMore(String sql) {
        assertThatThrownBy(() -> {
                    try (var connection = server.connect("promotion");
                            var statement = connection.createStatement()) {
                        statement.execute(sql);
                    }
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}

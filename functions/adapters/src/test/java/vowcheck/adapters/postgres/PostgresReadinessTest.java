package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.readiness.NotReady;
import vowcheck.core.readiness.ReadinessFinding;
import vowcheck.core.readiness.ReadinessProbe;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresReadinessTest {

    private TestDatabase server;
    private ServerProcesses processes;
    private ReadinessProbe probe;

    @BeforeAll
    void start() throws Exception {
        server = TestDatabase.migrated();
        processes = server.processes();
        probe = probe(TestDatabase.login("scoring"), SchemaVersion.NEEDED);
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aDatabaseThatStoresPredictionsIsReadyAndNothingIsWrittenOrLeftOpen() throws Exception {
        assertReady();
        assertThat(server.ask("SELECT count(*) FROM prediction_logs")).isEqualTo("0");
        assertThat(server.ask("SELECT count(*) FROM pg_stat_activity WHERE usename = 'scoring' AND state <> 'idle'"))
                .isEqualTo("0");
    }

    @Test
    void aServerThatWasKilledIsNoticedUntilItIsBack() throws Exception {
        processes.kill();
        assertNotReady(probe, "does not answer (SQL state 08001)");

        processes.start();
        assertReady();
    }

    @Test
    void aServerThatHangsIsNoticedUntilItGoesOn() throws Exception {
        processes.freeze();
        try {
            assertNotReady(probe, "does not answer");
        } finally {
            processes.thaw();
        }
        assertReady();
    }

    /// As a standby does after a failover, and RDS when its disk is full.
    @Test
    void aReadOnlyDatabaseIsNoticed() throws Exception {
        server.execute("ALTER ROLE scoring SET default_transaction_read_only = on");
        assertNotReady(probe, "accepts no writes");

        server.execute("ALTER ROLE scoring RESET default_transaction_read_only");
        assertReady();
    }

    @ParameterizedTest
    @CsvSource({
        "INSERT ON scoring_requests, store",
        "INSERT ON predictions, store",
        "SELECT ON scoring_requests, read",
        "SELECT ON predictions, read",
    })
    void aMissingPrivilegeIsNoticed(String privilege, String needed) throws Exception {
        server.execute("REVOKE %s FROM scoring".formatted(privilege));
        assertNotReady(probe, "does not let its role %s predictions".formatted(needed));

        server.execute("GRANT %s TO scoring".formatted(privilege));
        assertReady();
    }

    @Test
    void migrationsThatHaveNotRunAreNoticed() {
        assertNotReady(
                probe(TestDatabase.login("scoring"), SchemaVersion.NEEDED + 1),
                "has the schema of migration %d, expected %d or a later one: run the migrations"
                        .formatted(SchemaVersion.NEEDED, SchemaVersion.NEEDED + 1));
    }

    /// The former release goes on serving while a new one is deployed.
    @Test
    void aLaterSchemaIsReady() {
        assertThat(probe(TestDatabase.login("scoring"), SchemaVersion.NEEDED - 1)
                        .look())
                .isEqualTo(new ReadinessFinding.WritableDatabase(SchemaVersion.NEEDED));
    }

    @Test
    void aDatabaseWithoutSchemaIsNoticed() throws Exception {
        try (var empty = TestDatabase.empty()) {
            empty.execute("CREATE ROLE scoring LOGIN PASSWORD 'scoring'");

            assertNotReady(
                    new PostgresReadiness(empty.address(), () -> TestDatabase.login("scoring"), 1),
                    "cannot be asked (SQL state 42P01): run the migrations");
        }
    }

    @Test
    void aWrongPasswordIsNoticed() {
        assertNotReady(
                probe(new DatabaseLogin("scoring", "wrong"), 1), "refuses the login of its role (SQL state 28P01)");
    }

    @Test
    void aSecretThatCannotBeReadIsNoticed() {
        var withoutLogin = new PostgresReadiness(
                server.address(),
                () -> {
                    throw new SecretUnavailable("by the test", null);
                },
                1);

        assertNotReady(withoutLogin, "cannot be asked: the password of its role cannot be read");
    }

    private ReadinessProbe probe(DatabaseLogin login, int neededVersion) {
        return new PostgresReadiness(server.address(), () -> login, neededVersion);
    }

    private void assertReady() {
        assertThat(probe.look()).isEqualTo(new ReadinessFinding.WritableDatabase(SchemaVersion.NEEDED));
    }

    private static void assertNotReady(ReadinessProbe probe, String reason) {
        assertThatThrownBy(probe::look).isInstanceOf(NotReady.class).hasMessageStartingWith(reason);
    }
}

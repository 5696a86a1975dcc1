package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A server that behaves like RDS: the owner is no superuser, and members of `rds_iam` cannot log in by password.
class MigrationsOnRdsTest {

    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final DatabaseLogin OWNER = TestDatabase.login("vowcheck_owner");
    private static final DatabaseLogin WRONG = new DatabaseLogin("vowcheck_owner", "another");
    private static final Set<String> OUR_ROLES = Set.of("scoring", "training", "drift", "retention", "audit");
    private static final List<DatabaseLogin> ROLES = List.of(
            TestDatabase.login("scoring"),
            TestDatabase.login("training"),
            TestDatabase.login("drift"),
            TestDatabase.login("retention"),
            TestDatabase.login("audit"),
            TestDatabase.login("mlflow"));

    private TestDatabase server;
    private DatabaseAddress vowcheck;

    @BeforeEach
    void start() throws Exception {
        server = TestDatabase.empty();
        server.execute("CREATE ROLE vowcheck_owner LOGIN CREATEROLE CREATEDB PASSWORD 'vowcheck_owner'");
        server.execute("CREATE DATABASE vowcheck OWNER vowcheck_owner");
        vowcheck = DatabaseAddress.withoutTls("127.0.0.1", server.address().port(), "vowcheck");
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void serviceRolesLogInByTokensAndMlflowByAPassword() throws SQLException {
        asOwner("CREATE ROLE rds_iam"); // so that the owner may grant it, as on RDS

        migrations(OWNER).run(ROLES);
        migrations(OWNER).run(ROLES);

        assertThat(server.ask("""
                SELECT string_agg(member::regrole::text, ' ' ORDER BY member::regrole::text)
                FROM pg_auth_members WHERE roleid = 'rds_iam'::regrole AND NOT admin_option
                """)).isEqualTo("audit drift retention scoring training");
    }

    @Test
    void theOwnersNextLoginIsTriedWhenOneIsRefused() throws SQLException {
        assertThat(migrations(WRONG, OWNER).run(ROLES).migrationsExecuted()).isPositive();
        assertThat(migrations(OWNER, WRONG).run(ROLES).migrationsExecuted()).isZero();
        assertThatThrownBy(() -> migrations(WRONG, WRONG).run(ROLES)).isInstanceOf(RuntimeException.class);
    }

    /// The reason why the owner has two logins: unless it is a superuser, the creator of a role becomes a member of
    /// it.
    @Test
    void aTokenThatIsRequiredOfARoleIsRequiredOfItsCreator() throws Exception {
        server.execute("CREATE ROLE rds_iam");
        asOwner("CREATE ROLE scoring LOGIN");
        server.execute("GRANT rds_iam TO scoring");
        server.execute("""
                DO $$
                BEGIN
                    EXECUTE format('COPY (VALUES (%L), (%L), (%L)) TO %L',
                        'host all postgres 127.0.0.1/32 trust',
                        'host all +rds_iam 127.0.0.1/32 reject',
                        'host all all 127.0.0.1/32 scram-sha-256',
                        current_setting('hba_file'));
                END
                $$
                """);
        asOwner("SELECT 1");
        server.execute("SELECT pg_reload_conf()");

        assertThatThrownBy(() -> migrations(OWNER).run(ROLES)).hasStackTraceContaining("pg_hba.conf rejects");
    }

    private Migrations migrations(DatabaseLogin... owner) {
        return new Migrations(vowcheck, List.of(owner), OUR_ROLES);
    }

    private void asOwner(String sql) throws SQLException {
        try (var connection = vowcheck.connections(OWNER, LIMIT).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

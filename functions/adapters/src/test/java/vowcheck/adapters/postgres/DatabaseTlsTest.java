package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Connections to a server with a certificate, as RDS has.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseTlsTest {

    private static final Path AMAZONS = Path.of("../../mlflow/rds-eu-central-1.pem");

    private TestCertificates certificates;
    private EmbeddedPostgres server;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        certificates = TestCertificates.in(folder);
        server = EmbeddedPostgres.builder()
                .setServerConfig("ssl", "on")
                .setServerConfig("ssl_cert_file", certificates.certificate().toString())
                .setServerConfig("ssl_key_file", certificates.key().toString())
                .start();
    }

    @AfterAll
    void stop() throws Exception {
        server.close();
    }

    @Test
    void aServerWithATrustedCertificateForItsNameIsAccepted() throws SQLException {
        assertThat(cipher("localhost", SslMode.VERIFY_FULL, certificates.authority()))
                .startsWith("TLS");
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused(@TempDir Path elsewhere) throws Exception {
        var other = TestCertificates.in(elsewhere).authority();

        assertThatThrownBy(() -> cipher("localhost", SslMode.VERIFY_FULL, other))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("PKIX path");
    }

    @Test
    void aServerWithACertificateForAnotherNameIsRefused() {
        assertThatThrownBy(() -> cipher("127.0.0.1", SslMode.VERIFY_FULL, certificates.authority()))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("127.0.0.1");
    }

    @Test
    void withoutVerificationTheSameServerWouldBeAccepted() throws SQLException {
        assertThat(cipher("127.0.0.1", SslMode.REQUIRE, AMAZONS)).startsWith("TLS");
    }

    @Test
    void amazonsAuthoritiesAreReadAndHaveNotSignedTheTestServer() throws Exception {
        assertThat(Files.readString(AMAZONS)).contains("-----BEGIN CERTIFICATE-----");
        assertThatThrownBy(() -> cipher("localhost", SslMode.VERIFY_FULL, AMAZONS))
                .isInstanceOf(SQLException.class)
                .hasStackTraceContaining("PKIX path");
    }

    private String cipher(String host, SslMode sslMode, Path authorities) throws SQLException {
        var address = new DatabaseAddress(host, server.getPort(), "postgres", sslMode, authorities.toString());
        var login = new DatabaseLogin("postgres", "postgres");
        try (var connection = address.connections(login, Duration.ofSeconds(5)).getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT cipher FROM pg_stat_ssl WHERE pid = pg_backend_pid()")) {
            rows.next();
            return rows.getString(1);
        }
    }
}

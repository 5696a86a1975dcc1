package vowcheck.training.imports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.postgres.PostgresLabelledRowsLoad;
import vowcheck.adapters.postgres.TestDatabase;
import vowcheck.core.features.FeatureSchema;
import vowcheck.training.imports.ImportReport.Outcome;

/// What breaks after the first rows are in PostgreSQL: nothing of them remains, the report says why in one
/// sentence, and the same file can be imported afterwards.
class BrokenImportTest {

    /// So many that half of them are several portions.
    private static final int ROWS = 30_000;

    private static final byte[] FILE = IntStream.range(0, ROWS)
            .mapToObj(row -> row + ",9000,40000.5,3000,10000,365243,5000,3000,0,1,4380,1,2025-06-01\n")
            .collect(Collectors.joining(
                    "",
                    "index,Client_Income,Credit_Amount,Loan_Annuity,Age_Days,Employed_Days,"
                            + "Registration_Days,ID_Days,Phone_Change,Credit_Bureau,Education_Days,Divorce,Date\n",
                    ""))
            .getBytes(UTF_8);

    private static TestDatabase database;

    @BeforeAll
    static void start() throws IOException, SQLException {
        database = TestDatabase.migrated();
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
    }

    @AfterEach
    void theSameFileCanBeImportedAfterwards() throws SQLException {
        assertThat(rows()).isEqualTo("0");
        assertThat(imported(new ByteArrayInputStream(FILE)).outcome()).isEqualTo(Outcome.LOADED);
        assertThat(rows()).isEqualTo(String.valueOf(ROWS));
        database.execute("TRUNCATE divorce_predictions");
    }

    /// What PostgreSQL answers when it cannot extend the table's file.
    @Test
    void aFullDiskIsNamed() throws SQLException {
        database.execute("""
                CREATE FUNCTION full_disk() RETURNS TRIGGER LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full';
                END
                $$
                """);
        database.execute("""
                CREATE TRIGGER full_disk BEFORE INSERT ON divorce_predictions
                FOR EACH ROW WHEN (NEW."index" = 20000) EXECUTE FUNCTION full_disk()
                """);
        try {
            assertThat(imported(new ByteArrayInputStream(FILE)))
                    .isEqualTo(ImportReport.failed(
                            "PostgreSQL has no disk space left, SQL state 53100; nothing was loaded"));
        } finally {
            database.execute("DROP FUNCTION full_disk CASCADE");
        }
    }

    @Test
    void aDatabaseThatIsLostHalfwayIsNamed() {
        var report = imported(halfAndThen(() -> {
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'import'");
            return new ByteArrayInputStream(FILE, FILE.length / 2, FILE.length - FILE.length / 2);
        }));

        assertThat(report.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(report.message()).matches("PostgreSQL did not answer, SQL state \\w{5}; nothing was loaded");
    }

    @Test
    void aFileThatEndsHalfwayIsNamed() {
        var report = imported(halfAndThen(() -> {
            throw new IOException("the connection ended");
        }));

        assertThat(report).isEqualTo(ImportReport.failed("the file could not be read to its end; nothing was loaded"));
    }

    private interface Rest {
        InputStream begin() throws IOException, SQLException;
    }

    private static InputStream halfAndThen(Rest rest) {
        var second = new InputStream() {
            private InputStream begun = InputStream.nullInputStream();
            private boolean started;

            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] bytes, int offset, int most) throws IOException {
                if (!started) {
                    started = true;
                    try {
                        begun = rest.begin();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
                return begun.read(bytes, offset, most);
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(FILE, 0, FILE.length / 2), second);
    }

    private static ImportReport imported(InputStream file) {
        return new RowsImport(
                        () -> PostgresLabelledRowsLoad.begin(
                                () -> database.address()
                                        .connections(TestDatabase.login("import"), Duration.ofSeconds(10)),
                                FeatureSchema.CURRENT,
                                TestDatabase.TOMBSTONES),
                        FeatureSchema.CURRENT,
                        InstantSource.fixed(Instant.parse("2026-06-15T10:00:00Z")))
                .run(file, new ImportOrder(Optional.empty(), false, Optional.empty(), 179), _ -> {});
    }

    private static String rows() throws SQLException {
        return database.ask("SELECT count(*) FROM divorce_predictions");
    }
}

package vowcheck.adapters.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import vowcheck.adapters.bundle.BaselineBundle;
import vowcheck.adapters.bundle.ManifestJson;
import vowcheck.adapters.json.RequestFixtures;
import vowcheck.core.clients.ClientName;
import vowcheck.core.drift.DriftDataUnavailable;
import vowcheck.core.drift.DriftPolicy;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.DriftVerdict;
import vowcheck.core.drift.LoggedCounts;
import vowcheck.core.drift.Psi;
import vowcheck.core.features.Application;
import vowcheck.core.features.Feature;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

/// The baseline's reference, and the drift request as if it had been scored.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresDriftTest {

    private static final ModelManifest MANIFEST = ManifestJson.read(BaselineBundle.manifest(), FeatureSchema.CURRENT);

    private TestDatabase database;
    private List<Application> request;
    private LoggedCounts counted;

    @BeforeAll
    void log() throws IOException, SQLException {
        database = TestDatabase.migrated();
        request = RequestFixtures.batch("request_drift.json");
        var log = new PostgresPredictionLog(database.as("scoring"), FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
        var firstMoment = Instant.parse("2025-05-01T00:00:00Z");
        log.append(scored("counted", Purpose.APPLICATION, firstMoment, request));
        log.append(scored("tried", Purpose.PROBE, firstMoment, request.subList(0, 100)));
        log.append(scored("older", Purpose.APPLICATION, firstMoment.minusSeconds(1), request.subList(0, 10)));
        counted = drift().since(MANIFEST.data().cutoff(), MANIFEST.data().reference());
    }

    @AfterAll
    void stop() throws IOException {
        database.close();
    }

    @Test
    void applicationsFromTheCutoffOnAreCountedAndProbesAreNot() {
        assertThat(counted.rows()).isEqualTo(1_001);
    }

    @Test
    void theApplicationsThatAShadowHasScoredAreCounted() throws SQLException {
        database.execute("""
                UPDATE predictions SET shadow_version = '9', shadow_probability = 0.5 WHERE instance < 7
                """);
        var cutoff = MANIFEST.data().cutoff();

        assertThat(drift().shadowed(new ModelVersion("9"), cutoff).rows()).isEqualTo(7);
        assertThat(drift().shadowed(new ModelVersion("8"), cutoff).rows()).isZero();
    }

    @ParameterizedTest
    @MethodSource("features")
    void theDatabaseBinsAsJavaDoes(Feature feature) {
        var values = new float[request.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = request.get(row).value(feature);
        }
        assertThat(counted.countsByFeature().get(feature))
                .isEqualTo(
                        requireNonNull(MANIFEST.data().reference().get(feature)).count(values));
    }

    @ParameterizedTest
    @MethodSource("features")
    void theDriftRequestDriftsInAgeAlone(Feature feature) {
        double psi = Psi.of(
                requireNonNull(MANIFEST.data().reference().get(feature)).counts(),
                requireNonNull(counted.countsByFeature().get(feature)));
        if (feature.equals(Feature.AGE_DAYS)) {
            assertThat(psi).isBetween(0.05, 0.062);
        } else {
            assertThat(psi).isLessThanOrEqualTo(0.02);
        }
    }

    /// The role may read the columns that are counted, and no others.
    @Test
    void trainingCountsTheSameApplications() {
        assertThat(new PostgresDrift(database.as("training"))
                        .since(MANIFEST.data().cutoff(), MANIFEST.data().reference()))
                .isEqualTo(counted);
        assertThatThrownBy(() -> {
                    try (var connection = database.connect("training");
                            var statement = connection.createStatement()) {
                        statement.execute("SELECT request_id FROM scoring_requests");
                    }
                })
                .hasMessageContaining("permission denied");
    }

    @Test
    void withoutApplicationsEveryBinIsEmpty() {
        var none = drift().since(LocalDate.of(2100, 1, 1), MANIFEST.data().reference());
        assertThat(none.rows()).isZero();
        assertThat(none.countsByFeature())
                .hasSize(10)
                .allSatisfy((_, counts) -> assertThat(counts).containsOnly(0L));
    }

    @Test
    void aReportIsOneRow() throws SQLException {
        drift().keep(report());
        assertThat(database.ask("""
                SELECT concat_ws(' ', model_version, data_cutoff_date, verdict, rows, psi, drifted_features,
                    psi_threshold, min_samples) FROM drift_reports"""))
                .isEqualTo("3 2025-05-01 drifted 1001 {\"Age_Days\": 0.0625} {Age_Days} 0.05 1000");
    }

    @Test
    void aDatabaseOutOfReachIsNamed() {
        var lost = new PostgresDrift(new Database(
                DatabaseAddress.withoutTls("127.0.0.1", 1, "postgres"),
                () -> TestDatabase.login("drift"),
                Duration.ofSeconds(1)));
        assertThatThrownBy(() ->
                        lost.since(MANIFEST.data().cutoff(), MANIFEST.data().reference()))
                .isInstanceOf(DriftDataUnavailable.class)
                .hasMessage("PostgreSQL did not answer, SQL state 08001");
    }

    @Test
    void aRoleWithoutThePrivilegeIsRefused() {
        var unprivileged = new PostgresDrift(database.as("scoring"));

        assertThatThrownBy(() -> unprivileged.keep(report()))
                .isInstanceOf(DriftDataUnavailable.class)
                .hasMessage("PostgreSQL refused the statement, SQL state 42501");
    }

    private static DriftReport report() {
        var psi = new LinkedHashMap<Feature, Double>();
        psi.put(Feature.AGE_DAYS, 0.0625);
        return new DriftReport(
                Instant.parse("2025-06-01T00:00:00Z"),
                new ModelVersion("3"),
                MANIFEST.data().cutoff(),
                1_001,
                psi,
                new DriftPolicy(0.05, 1_000),
                new DriftVerdict.Drifted(List.of(Feature.AGE_DAYS)));
    }

    private static Stream<Feature> features() {
        return FeatureSchema.CONTRACT.features().stream();
    }

    private PostgresDrift drift() {
        return new PostgresDrift(database.as("drift"));
    }

    private static ScoredRequest scored(String id, Purpose purpose, Instant timestamp, List<Application> applications) {
        return new ScoredRequest(
                new RequestOrigin(new RequestId(id), Endpoint.BATCH, purpose, ClientName.UNKNOWN),
                timestamp,
                ModelFixtures.identity("baseline"),
                applications.stream()
                        .map(application -> new ScoredApplication(application, 0.25))
                        .toList());
    }
}

package vowcheck.adapters.postgres;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.postgresql.PGConnection;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.drift.DriftCounts;
import vowcheck.core.drift.DriftDataUnavailable;
import vowcheck.core.drift.DriftReport;
import vowcheck.core.drift.DriftReports;
import vowcheck.core.drift.LoggedCounts;
import vowcheck.core.drift.ShadowRows;
import vowcheck.core.features.Feature;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ReferenceDistribution;

/// Counts the rows of `predictions` within the database, in one pass and without transferring a row, and stores
/// reports in `drift_reports`.
public final class PostgresDrift implements DriftCounts, DriftReports {

    private static final String INSERT = """
            INSERT INTO drift_reports
                (checked_at, model_version, data_cutoff_date, verdict, rows, psi, drifted_features, psi_threshold,
                 min_samples)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?)
            """;

    private static final String SHADOWED = """
            SELECT count(*) FROM predictions
            WHERE shadow_version = ? AND "timestamp" >= ? AND NOT EXISTS (
                SELECT FROM scoring_requests WHERE id = scoring_request AND purpose = 'probe')
            """;

    private final Database database;

    public PostgresDrift(Database database) {
        this.database = database;
    }

    @Override
    public LoggedCounts since(LocalDate cutoff, SequencedMap<Feature, ReferenceDistribution> reference) {
        var features = List.copyOf(reference.keySet());
        return run(connection -> {
            var arrays = connection.unwrap(PGConnection.class);
            try (var statement = connection.prepareStatement(count(features))) {
                int parameter = 1;
                for (var distribution : reference.values()) {
                    statement.setArray(
                            parameter++,
                            arrays.createArrayOf("float4", distribution.edges().toArray()));
                }
                statement.setObject(parameter, start(cutoff));
                try (var groups = statement.executeQuery()) {
                    return collected(groups, features, reference);
                }
            }
        });
    }

    /// Gives one row for each feature and bin that holds rows, and one for all rows. Rows are compared with the few
    /// requests that are probes, not joined with all requests.
    private static String count(List<Feature> features) {
        return """
                SELECT grouping(%2$s), coalesce(%2$s), count(*)
                FROM (
                    SELECT %1$s FROM predictions
                    WHERE "timestamp" >= ? AND NOT EXISTS (
                        SELECT FROM scoring_requests WHERE id = scoring_request AND purpose = 'probe')
                ) AS binned
                GROUP BY GROUPING SETS (%2$s, ())
                """.formatted(
                        FeatureColumns.each(
                                features,
                                feature -> "width_bucket(%s, ?) AS %s"
                                        .formatted(FeatureColumns.quoted(feature), bin(features, feature))),
                        FeatureColumns.each(features, feature -> bin(features, feature)));
    }

    private static LoggedCounts collected(
            ResultSet groups, List<Feature> features, Map<Feature, ReferenceDistribution> reference)
            throws SQLException {
        var counts = new HashMap<Feature, List<Long>>();
        reference.forEach((feature, distribution) -> counts.put(
                feature,
                new ArrayList<>(Collections.nCopies(distribution.counts().size(), 0L))));
        // The value of `grouping` for the group of all rows, from which every column is left out.
        int allRows = (1 << features.size()) - 1;
        long rows = 0;
        while (groups.next()) {
            int leftOut = groups.getInt(1);
            int bin = groups.getInt(2);
            boolean missing = groups.wasNull();
            if (leftOut == allRows) {
                rows = groups.getLong(3);
            } else if (!missing) {
                // The last column has the lowest bit.
                int position = features.size() - 1 - Integer.numberOfTrailingZeros(allRows - leftOut);
                requireNonNull(counts.get(features.get(position))).set(bin, groups.getLong(3));
            }
        }
        return new LoggedCounts(rows, counts);
    }

    @Override
    public ShadowRows shadowed(ModelVersion shadow, LocalDate cutoff) {
        return run(connection -> {
            try (var statement = connection.prepareStatement(SHADOWED)) {
                statement.setString(1, shadow.value());
                statement.setObject(2, start(cutoff));
                try (var rows = statement.executeQuery()) {
                    rows.next();
                    return new ShadowRows(shadow, rows.getLong(1));
                }
            }
        });
    }

    private static OffsetDateTime start(LocalDate day) {
        return OffsetDateTime.of(day, LocalTime.MIDNIGHT, ZoneOffset.UTC);
    }

    @Override
    public void keep(DriftReport report) {
        run(connection -> insert(connection, report));
    }

    private static int insert(Connection connection, DriftReport report) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT)) {
            int parameter = 1;
            statement.setObject(parameter++, report.checkedAt().atOffset(ZoneOffset.UTC));
            statement.setString(parameter++, report.modelVersion().value());
            statement.setObject(parameter++, report.dataCutoffDate());
            statement.setString(parameter++, report.verdict().fieldValue());
            statement.setLong(parameter++, report.rows());
            statement.setString(
                    parameter++, JsonObject.of(report.psiByFieldName()).json());
            statement.setArray(
                    parameter++,
                    connection.createArrayOf("text", report.driftedFieldNames().toArray()));
            statement.setDouble(parameter++, report.policy().threshold());
            statement.setInt(parameter++, report.policy().minSamples());
            return statement.executeUpdate();
        }
    }

    private <T> T run(Database.Work<T> work) {
        try {
            return database.run(work);
        } catch (SQLException e) {
            throw new DriftDataUnavailable(Database.failure(e), e);
        } catch (SecretUnavailable e) {
            throw new DriftDataUnavailable("the secret of the database role cannot be read", e);
        }
    }

    private static String bin(List<Feature> features, Feature feature) {
        return "bin_%d".formatted(features.indexOf(feature));
    }
}

package vowcheck.adapters.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.ShadowComparison;
import vowcheck.core.scoring.ShadowComparison.Scores;
import vowcheck.core.scoring.ShadowScores;

/// Compares the two probabilities of the rows of `predictions` within the database, without transferring a row.
public final class PostgresShadowScores implements ShadowScores {

    /// Rows are compared with the few requests that are probes, not joined with all requests.
    private static final String LIVE = """
            "timestamp" >= ? AND NOT EXISTS (
                SELECT FROM scoring_requests WHERE id = scoring_request AND purpose = 'probe')
            """;

    private static final String COUNT = """
            SELECT count(*), count(*) FILTER (WHERE shadow_version = ?) FROM predictions WHERE %s
            """.formatted(LIVE);

    /// Equal scores have their mean rank, as Spearman's correlation has it; for the top, their order is that of the
    /// rows, and the same for both models.
    private static final String COMPARE = """
            WITH newest AS MATERIALIZED (
                SELECT divorce_probability::FLOAT8 AS answered, shadow_probability::FLOAT8 AS shadow, scoring_request,
                       instance, "timestamp"
                FROM predictions WHERE shadow_version = ? AND %s
                ORDER BY "timestamp" DESC, scoring_request DESC, instance LIMIT ?
            ),
            ranked AS (
                SELECT answered, shadow,
                       rank() OVER (ORDER BY answered) + (count(*) OVER (PARTITION BY answered) - 1) / 2.0::FLOAT8
                           AS answered_rank,
                       rank() OVER (ORDER BY shadow) + (count(*) OVER (PARTITION BY shadow) - 1) / 2.0::FLOAT8
                           AS shadow_rank,
                       row_number() OVER (ORDER BY answered DESC, scoring_request, instance) AS answered_place,
                       row_number() OVER (ORDER BY shadow DESC, scoring_request, instance) AS shadow_place
                FROM newest
            ),
            top AS (SELECT ceil(count(*) * ?::NUMERIC)::INTEGER AS places FROM newest)
            SELECT count(*)::INTEGER AS compared,
                   avg(answered) AS answered_mean,
                   percentile_cont(?::FLOAT8[]) WITHIN GROUP (ORDER BY answered) AS answered_quantiles,
                   avg(shadow) AS shadow_mean,
                   percentile_cont(?::FLOAT8[]) WITHIN GROUP (ORDER BY shadow) AS shadow_quantiles,
                   corr(answered_rank, shadow_rank) AS rank_correlation,
                   (SELECT places FROM top) AS places,
                   count(*) FILTER (WHERE greatest(answered_place, shadow_place) <= (SELECT places FROM top))::INTEGER
                       AS in_both,
                   (SELECT array_agg(DISTINCT model_version ORDER BY model_version)
                    FROM newest JOIN scoring_requests AS request
                        ON request.id = newest.scoring_request AND request."timestamp" = newest."timestamp")
                       AS answered_by
            FROM ranked
            """.formatted(LIVE);

    private final Database database;

    /// @param database as a role that reads predictions
    public PostgresShadowScores(Database database) {
        this.database = database;
    }

    @Override
    public ShadowComparison of(NamedShadow shadow) {
        try {
            return database.run(ShadowComparison.MOST, connection -> compared(connection, shadow));
        } catch (SQLException e) {
            throw new PredictionsUnavailable(Database.failure(e), e);
        } catch (SecretUnavailable e) {
            throw new PredictionsUnavailable("the secret of the database role cannot be read", e);
        }
    }

    private static ShadowComparison compared(Connection connection, NamedShadow shadow) throws SQLException {
        try (var count = connection.prepareStatement(COUNT);
                var compare = connection.prepareStatement(COMPARE)) {
            set(count, shadow);
            int parameter = set(compare, shadow);
            var quantiles = connection.createArrayOf("float8", ShadowComparison.QUANTILES.toArray());
            compare.setInt(parameter++, ShadowComparison.MOST);
            compare.setDouble(parameter++, ShadowComparison.TOP_SHARE);
            compare.setArray(parameter++, quantiles);
            compare.setArray(parameter, quantiles);
            try (var counted = count.executeQuery();
                    var compared = compare.executeQuery()) {
                counted.next();
                compared.next();
                return comparison(counted.getLong(1), counted.getLong(2), compared);
            }
        }
    }

    /// Sets the shadow and its time, and returns the next parameter.
    private static int set(PreparedStatement statement, NamedShadow shadow) throws SQLException {
        statement.setString(1, shadow.model().version().value());
        statement.setObject(2, OffsetDateTime.ofInstant(shadow.start().at(), ZoneOffset.UTC));
        return 3;
    }

    private static ShadowComparison comparison(long rows, long scored, ResultSet compared) throws SQLException {
        double correlation = compared.getDouble("rank_correlation");
        boolean undefined = compared.wasNull();
        return new ShadowComparison(
                rows,
                scored,
                compared.getInt("compared"),
                PostgresShadowScores.<String>list(compared.getArray("answered_by")).stream()
                        .map(ModelVersion::new)
                        .toList(),
                scores(compared, "answered"),
                scores(compared, "shadow"),
                undefined ? OptionalDouble.empty() : OptionalDouble.of(correlation),
                compared.getInt("places"),
                compared.getInt("in_both"));
    }

    private static Scores scores(ResultSet compared, String model) throws SQLException {
        double mean = compared.getDouble(model + "_mean");
        return new Scores(compared.wasNull() ? Double.NaN : mean, list(compared.getArray(model + "_quantiles")));
    }

    @SuppressWarnings("unchecked") // the column's type is in the statement
    private static <T> List<T> list(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((T[]) array.getArray());
    }
}

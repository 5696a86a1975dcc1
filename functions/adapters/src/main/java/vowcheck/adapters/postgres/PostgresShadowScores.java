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
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer.NamedShadow;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.ShadowComparison;
import vowcheck.core.scoring.ShadowComparison.Scores;
import vowcheck.core.scoring.ShadowScores;

/// Compares the two probabilities of the newest rows of `predictions` within the database, without transferring
/// a row. However many rows the table has, it reads as many as it compares: the newest ones are the end of an
/// index, since the ids of requests only grow. Rows that waited in the queue are newest when they are stored.
public final class PostgresShadowScores implements ShadowScores {

    /// The rows before the shadow's start and the probes are left out after the limit, which would not be one
    /// otherwise. Equal scores have their mean rank, as Spearman's correlation has it. In the tops, rows of
    /// equal scores come in the same order for both models.
    static final String COMPARE = """
            WITH stored AS (
                SELECT scoring_request, instance, "timestamp", divorce_probability::FLOAT8 AS answered,
                       shadow_version, shadow_probability::FLOAT8 AS shadow
                FROM predictions ORDER BY scoring_request DESC LIMIT ?
            ),
            newest AS MATERIALIZED (
                SELECT * FROM stored
                WHERE "timestamp" >= ? AND NOT EXISTS (
                    SELECT FROM scoring_requests WHERE id = scoring_request AND purpose = 'probe')
            ),
            scored AS (SELECT * FROM newest WHERE shadow_version = ? AND shadow IS NOT NULL),
            ranked AS (
                SELECT answered, shadow,
                       rank() OVER (ORDER BY answered) + (count(*) OVER (PARTITION BY answered) - 1) / 2.0::FLOAT8
                           AS answered_rank,
                       rank() OVER (ORDER BY shadow) + (count(*) OVER (PARTITION BY shadow) - 1) / 2.0::FLOAT8
                           AS shadow_rank,
                       row_number() OVER (ORDER BY answered DESC, scoring_request, instance) AS answered_place,
                       row_number() OVER (ORDER BY shadow DESC, scoring_request, instance) AS shadow_place
                FROM scored
            ),
            top AS (SELECT ceil(count(*) * ?::NUMERIC)::INTEGER AS places FROM scored)
            SELECT (SELECT count(*) FROM newest)::INTEGER AS counted,
                   (SELECT min("timestamp") FROM newest) AS since,
                   count(*)::INTEGER AS scored,
                   avg(answered) AS answered_mean,
                   percentile_cont(?::FLOAT8[]) WITHIN GROUP (ORDER BY answered) AS answered_quantiles,
                   avg(shadow) AS shadow_mean,
                   percentile_cont(?::FLOAT8[]) WITHIN GROUP (ORDER BY shadow) AS shadow_quantiles,
                   corr(answered_rank, shadow_rank) AS rank_correlation,
                   (SELECT places FROM top) AS places,
                   count(*) FILTER (WHERE greatest(answered_place, shadow_place) <= (SELECT places FROM top))::INTEGER
                       AS in_both,
                   (SELECT array_agg(DISTINCT model_version ORDER BY model_version)
                    FROM scoring_requests
                    WHERE id IN (SELECT scoring_request FROM scored)
                        AND id >= (SELECT min(scoring_request) FROM scored)) AS answered_by
            FROM ranked
            """;

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
        try (var compare = connection.prepareStatement(COMPARE)) {
            set(compare, shadow, ShadowComparison.MOST);
            try (var compared = compare.executeQuery()) {
                compared.next();
                return comparison(compared);
            }
        }
    }

    /// Sets the parameters of [#COMPARE].
    ///
    /// @param most how many rows are read
    static void set(PreparedStatement compare, NamedShadow shadow, int most) throws SQLException {
        var quantiles = compare.getConnection().createArrayOf("float8", ShadowComparison.QUANTILES.toArray());
        compare.setInt(1, most);
        compare.setObject(2, OffsetDateTime.ofInstant(shadow.start().at(), ZoneOffset.UTC));
        compare.setString(3, shadow.model().version().value());
        compare.setDouble(4, ShadowComparison.TOP_SHARE);
        compare.setArray(5, quantiles);
        compare.setArray(6, quantiles);
    }

    private static ShadowComparison comparison(ResultSet compared) throws SQLException {
        double correlation = compared.getDouble("rank_correlation");
        boolean undefined = compared.wasNull();
        return new ShadowComparison(
                compared.getInt("counted"),
                Optional.ofNullable(compared.getObject("since", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                compared.getInt("scored"),
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

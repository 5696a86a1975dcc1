package vowcheck.adapters.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.LoanId;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;
import vowcheck.core.scoring.ShadowScore;

/// Sets the parameters of the statements that store a request: first those of its row in `scoring_requests`, then
/// those of its rows in `predictions`, of one row as values and of many as an array for each column.
final class RequestParameters {

    /// The columns of `scoring_requests` that a statement fills.
    static final String COLUMNS =
            "request_id, client, \"timestamp\", model_version, endpoint, purpose, manifest_sha256, instances";

    /// The values of these columns.
    static final String VALUES = "?, ?, ?, ?, ?::scoring_endpoint, ?::scoring_purpose, ?, ?";

    /// The columns of the shadow in `predictions`.
    static final String SHADOW_COLUMNS = "shadow_version, shadow_probability";

    /// The first parameter after those of the request.
    static final int FIRST_OF_ROWS = 9;

    private final FeatureSchema schema;

    /// @param schema the features that rows have
    RequestParameters(FeatureSchema schema) {
        this.schema = schema;
    }

    static void setRequest(PreparedStatement statement, ScoredRequest request) throws SQLException {
        var origin = request.origin();
        int parameter = 1;
        statement.setString(parameter++, origin.requestId().value());
        statement.setString(parameter++, origin.client().value());
        statement.setObject(parameter++, request.timestamp().atOffset(ZoneOffset.UTC));
        statement.setString(parameter++, request.modelVersion().value());
        statement.setString(parameter++, origin.endpoint().fieldValue());
        statement.setString(parameter++, origin.purpose().fieldValue());
        var manifestHash = request.manifestHash();
        if (manifestHash == null) {
            statement.setNull(parameter++, Types.BINARY);
        } else {
            statement.setBytes(parameter++, manifestHash.digest());
        }
        statement.setInt(parameter, request.scored().size());
    }

    /// One row: probability, features, loan and, if asked for, the shadow's version and probability.
    void setRow(PreparedStatement statement, int first, ScoredApplication scored, boolean shadow) throws SQLException {
        int parameter = first;
        statement.setDouble(parameter++, scored.probability());
        for (var feature : schema.features()) {
            float value = scored.application().value(feature);
            if (Float.isNaN(value)) {
                statement.setNull(parameter++, Types.REAL);
            } else {
                statement.setFloat(parameter++, value);
            }
        }
        statement.setString(parameter++, loanId(scored));
        if (shadow) {
            @Nullable Double probability = shadowProbability(scored);
            statement.setString(parameter++, shadowVersion(scored));
            if (probability == null) {
                statement.setNull(parameter, Types.DOUBLE);
            } else {
                statement.setDouble(parameter, probability);
            }
        }
    }

    /// The columns of many rows: probabilities, features and, where they are asked for, loans and the shadow's versions
    /// and probabilities. Returns the parameter after them.
    int setColumns(
            PreparedStatement statement,
            int first,
            List<ScoredApplication> scored,
            boolean loans,
            boolean shadow,
            PGConnection arrays)
            throws SQLException {
        int parameter = first;
        statement.setArray(parameter++, arrays.createArrayOf("float8", probabilities(scored)));
        var columns = columns(scored);
        for (int position = 0; position < columns.length; position++) {
            boolean mayBeMissing = schema.features().get(position).mayBeMissing();
            Object column = mayBeMissing ? withNulls(columns[position]) : columns[position];
            statement.setArray(parameter++, arrays.createArrayOf("float4", column));
        }
        if (loans) {
            Object ids = scored.stream().map(RequestParameters::loanId).toArray(String[]::new);
            statement.setArray(parameter++, arrays.createArrayOf("text", ids));
        }
        if (shadow) {
            Object versions =
                    scored.stream().map(RequestParameters::shadowVersion).toArray(String[]::new);
            statement.setArray(parameter++, arrays.createArrayOf("text", versions));
            Object probabilities =
                    scored.stream().map(RequestParameters::shadowProbability).toArray(Double[]::new);
            statement.setArray(parameter++, arrays.createArrayOf("float8", probabilities));
        }
        return parameter;
    }

    /// Whether a shadow has scored any of a request's applications.
    static boolean hasShadow(ScoredRequest request) {
        for (var scored : request.scored()) {
            if (scored.shadow() != null) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable String shadowVersion(ScoredApplication scored) {
        @Nullable ShadowScore shadow = scored.shadow();
        return shadow == null ? null : shadow.version().value();
    }

    private static @Nullable Double shadowProbability(ScoredApplication scored) {
        @Nullable ShadowScore shadow = scored.shadow();
        return shadow == null ? null : (Double) shadow.probability();
    }

    private static @Nullable String loanId(ScoredApplication scored) {
        @Nullable LoanId loanId = scored.loanId();
        return loanId == null ? null : loanId.value();
    }

    private static double[] probabilities(List<ScoredApplication> scored) {
        return scored.stream().mapToDouble(ScoredApplication::probability).toArray();
    }

    /// The applications' values by feature, NaN where one is missing.
    private float[][] columns(List<ScoredApplication> scored) {
        var columns = new float[schema.size()][scored.size()];
        for (int row = 0; row < scored.size(); row++) {
            float[] values = scored.get(row).application().values(schema);
            for (int position = 0; position < values.length; position++) {
                columns[position][row] = values[position];
            }
        }
        return columns;
    }

    private static @Nullable Float[] withNulls(float[] column) {
        var values = new @Nullable Float[column.length];
        for (int row = 0; row < column.length; row++) {
            values[row] = Float.isNaN(column[row]) ? null : (Float) column[row];
        }
        return values;
    }
}

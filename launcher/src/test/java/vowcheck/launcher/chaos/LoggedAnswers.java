package vowcheck.launcher.chaos;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import vowcheck.launcher.LocalSystem;

/// What `prediction_logs` has of requests.
final class LoggedAnswers {

    private static final String QUERY = """
            SELECT request_id, string_agg(DISTINCT model_version, ', '),
                array_agg(divorce_probability ORDER BY instance)
            FROM prediction_logs WHERE request_id = ANY (?) GROUP BY request_id
            """;

    private LoggedAnswers() {}

    /// The requests of these that have rows, with all their rows in the order of the instances.
    static Map<String, AnsweredRequest> of(LocalSystem system, Set<String> requestIds) throws SQLException {
        var logged = new HashMap<String, AnsweredRequest>();
        try (var connection = system.database(LocalSystem.DATABASE);
                var query = connection.prepareStatement(QUERY)) {
            query.setArray(1, connection.createArrayOf("text", requestIds.toArray()));
            var rows = query.executeQuery();
            while (rows.next()) {
                var probabilities = (Double[]) rows.getArray(3).getArray();
                logged.put(rows.getString(1), new AnsweredRequest(rows.getString(2), Arrays.asList(probabilities)));
            }
        }
        return logged;
    }
}

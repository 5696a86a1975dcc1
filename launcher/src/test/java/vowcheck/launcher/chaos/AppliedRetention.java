package vowcheck.launcher.chaos;

import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.launcher.LocalSystem;

/// The partition of this month is missing, as if the retention had not run for months, and a prediction's time is over.
/// The retention puts both right while clerks' applications are stored.
record AppliedRetention() implements Act {

    private static final String EXPIRED = "of-eleven-years-ago";

    @Override
    public String sentence() {
        return "the retention runs without a partition of this month";
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        walked.execute("""
                DO $$
                DECLARE
                    month TEXT := to_char(now() AT TIME ZONE 'UTC', '"predictions_y"YYYY"m"MM');
                BEGIN
                    EXECUTE format('ALTER TABLE predictions DETACH PARTITION %I', month);
                    EXECUTE format('INSERT INTO predictions SELECT * FROM %I', month);
                    EXECUTE format('DROP TABLE %I', month);
                END
                $$
                """);
        walked.execute("""
                WITH request AS (
                    INSERT INTO scoring_requests
                        ("timestamp", instances, endpoint, purpose, request_id, client, model_version)
                    VALUES (now() - INTERVAL '132 months', 1, 'single', 'application', '%s', 'unknown', '1')
                    RETURNING id, "timestamp")
                INSERT INTO predictions
                SELECT request.id, request."timestamp", divorce_probability, 0, "Client_Income", "Credit_Amount",
                       "Loan_Annuity", "Age_Days", "Employed_Days", "Registration_Days", "ID_Days", "Phone_Change",
                       "Credit_Bureau", "Education_Days"
                FROM request CROSS JOIN (SELECT * FROM predictions LIMIT 1) AS copied
                """.formatted(EXPIRED));
        var outside = walked.system().ask("SELECT count(*) FROM predictions_default");
        await("the retention has done all of its work")
                .ignoreExceptionsInstanceOf(IllegalArgumentException.class)
                .atMost(LocalSystem.PATIENCE)
                .until(() -> isComplete(walked));
        await("what is over is deleted")
                .atMost(LocalSystem.PATIENCE)
                .until(() -> walked.system()
                        .ask("SELECT count(*) FROM scoring_requests WHERE request_id = '%s'".formatted(EXPIRED))
                        .equals("0"));
        return outside + " rows outside have their partitions";
    }

    /// Not where a function was killed before; the answer says nothing of the retention then.
    private static boolean isComplete(WalkedSystem walked) {
        try (var lambda = walked.system().aws(LambdaClient.builder())) {
            var name = walked.system().output(StackOutput.RETENTION_FUNCTION_NAME);
            var answer = lambda.invoke(request -> request.functionName(name));
            var report = JsonDocument.parse(answer.payload().asUtf8String());
            return report.flag("complete") && report.longInteger("rows_left_outside") == 0;
        }
    }

    @Override
    public boolean mayHurtTraining() {
        return false;
    }
}

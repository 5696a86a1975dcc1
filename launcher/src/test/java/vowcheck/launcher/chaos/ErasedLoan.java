package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.SQLException;
import java.util.List;
import vowcheck.launcher.LocalSystem;

/// A loan is erased while PostgreSQL has no room for predictions: one of the loan is stored, and others wait in the
/// queue.
/// None of them may come back, and the other applications of their batch must be stored.
record ErasedLoan(String loanId) implements Act {

    @Override
    public String sentence() {
        return "./vowcheck erase --loan %s while its predictions wait in the queue".formatted(loanId);
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        var other = walked.load().anApplication();
        var ofLoan = other.replaceFirst("\\{", "{\"loan_id\": \"%s\", ".formatted(loanId));
        var stored = answered(walked, "/predict", ofLoan);
        awaitStored(walked, List.of(stored));
        fillDisk(walked);
        String batch;
        String single;
        try {
            single = answered(walked, "/predict", ofLoan);
            batch = answered(walked, "/batch_predict", "{\"instances\": [%s, %s, %1$s]}".formatted(other, ofLoan));
            var erasure = walked.system().run("erase", "--loan", loanId, "--reason", "a chaos walk", "--yes");
            assertThat(erasure.exitCode()).as(erasure.output()).isZero();
        } finally {
            walked.execute("DROP TRIGGER full_disk ON scoring_requests");
        }
        awaitStored(walked, List.of(single, batch));
        assertThat(walked.system().ask("SELECT count(*) FROM predictions WHERE loan_id = '%s'".formatted(loanId)))
                .as("predictions of the erased loan")
                .isEqualTo("0");
        assertThat(walked.system().ask("""
                        SELECT string_agg(instance::TEXT, ' ' ORDER BY instance) FROM prediction_logs
                        WHERE request_id = '%s'
                        """.formatted(batch)))
                .as("what is left of the batch")
                .isEqualTo("0 2");
        return "the others of its batch are stored";
    }

    /// Nothing is stored from now on, neither at once nor from the queue; rows can be deleted.
    private static void fillDisk(WalkedSystem walked) throws SQLException {
        walked.execute("""
                CREATE OR REPLACE FUNCTION full_disk() RETURNS TRIGGER LANGUAGE plpgsql AS
                $$ BEGIN RAISE disk_full; END $$
                """);
        walked.execute("""
                CREATE TRIGGER full_disk BEFORE INSERT ON scoring_requests
                FOR EACH STATEMENT EXECUTE FUNCTION full_disk()
                """);
    }

    /// Returns the id of the request.
    private static String answered(WalkedSystem walked, String path, String body) {
        return await("a prediction is answered")
                .atMost(LocalSystem.PATIENCE)
                .until(() -> walked.system().post(path, body), answer -> answer.statusCode() == 200)
                .headers()
                .firstValue("X-Request-Id")
                .orElseThrow();
    }

    private static void awaitStored(WalkedSystem walked, List<String> requestIds) {
        await("the requests are stored")
                .ignoreExceptionsInstanceOf(SQLException.class)
                .atMost(LocalSystem.PATIENCE)
                .until(() -> walked.system()
                        .ask("SELECT count(*) FROM scoring_requests WHERE request_id IN ('%s')"
                                .formatted(String.join("', '", requestIds)))
                        .equals(String.valueOf(requestIds.size())));
    }

    @Override
    public boolean mayHurtTraining() {
        return false;
    }
}

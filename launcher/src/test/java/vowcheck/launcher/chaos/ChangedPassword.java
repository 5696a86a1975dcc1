package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.Map;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.settings.Setting;

/// A password is changed together with its secret, while functions know the former one.
record ChangedPassword(Login login, String password) implements Act {

    /// Whose password it is.
    enum Login {
        MLFLOW("MLflow's administrator"),
        SCORING("the database's role scoring");

        private final String words;

        Login(String words) {
            this.words = words;
        }
    }

    @Override
    public String sentence() {
        return "change the password of " + login.words;
    }

    @Override
    public String perform(WalkedSystem walked) throws SQLException {
        switch (login) {
            case MLFLOW -> changeMlflow(walked);
            case SCORING -> changeScoring(walked);
        }
        return "";
    }

    private void changeMlflow(WalkedSystem walked) {
        var secret = walked.setting(StackOutput.OPERATIONS_FUNCTION_NAME, Setting.MLFLOW_SECRET);
        var former = JsonDocument.parse(walked.secret(secret));
        var answer = walked.mlflow()
                .call(
                        "PATCH",
                        "users/update-password",
                        Map.of(
                                "username",
                                former.text("username"),
                                "current_password",
                                former.text("password"),
                                "password",
                                password));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        walked.putSecret(secret, changed(former));
        walked.awaitMlflow();
    }

    /// Its connections are ended as well: a connection that is open needs no password.
    private void changeScoring(WalkedSystem walked) throws SQLException {
        var secret = walked.setting(StackOutput.SCORING_FUNCTION_NAME, Setting.DATABASE_SECRET);
        var former = JsonDocument.parse(walked.secret(secret));
        walked.putSecret(secret, changed(former));
        walked.execute("ALTER ROLE scoring PASSWORD '%s'".formatted(password));
        walked.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'scoring'");
    }

    private String changed(JsonDocument former) {
        var secret = new JsonObject();
        former.names().forEach(name -> secret.with(name, name.equals("password") ? password : former.any(name)));
        return secret.json();
    }
}

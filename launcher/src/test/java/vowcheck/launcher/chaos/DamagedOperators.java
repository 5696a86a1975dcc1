package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.Locale;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.launcher.LocalSystem;

/// The operators' secret is written wrongly, an operator calls, and the secret is put right again.
///
/// @param cold whether the authorizer's environments, which know the operators, are killed before the call
record DamagedOperators(Damage damage, boolean cold) implements Act {

    /// What is wrong with it.
    enum Damage {
        /// A shell has eaten them.
        WITHOUT_QUOTES,
        /// One entry beside those that are right.
        AN_UNKNOWN_ROLE
    }

    @Override
    public String sentence() {
        return "the operators' secret: %s%s"
                .formatted(
                        damage.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        cold ? ", and the authorizer starts anew" : "");
    }

    @Override
    public String perform(WalkedSystem walked) {
        var secret = walked.system().output(StackOutput.OPERATORS_SECRET_NAME);
        var right = walked.secret(secret);
        walked.putSecret(secret, damaged(right));
        if (cold) {
            walked.killFunction("operator-authorizer");
        }
        int status = walked.mlflow().read("experiments/search?max_results=1").statusCode();
        walked.putSecret(secret, right);
        assertThat(status)
                .as("the status for an operator")
                .isIn(damage == Damage.AN_UNKNOWN_ROLE || !cold ? new Object[] {200} : new Object[] {200, 401, 503});
        await("the operator is admitted again").atMost(LocalSystem.PATIENCE).until(() -> walked.admitsOperator());
        return "an operator's call got " + status;
    }

    private String damaged(String right) {
        return switch (damage) {
            case WITHOUT_QUOTES -> right.replace("\"", "");
            case AN_UNKNOWN_ROLE -> {
                var entry = right.substring(right.indexOf('[') + 1, right.indexOf(']'));
                var other = entry.replaceAll("\"role\" *: *\"[^\"]*\"", "\"role\":\"chief\"")
                        .replaceAll("\"name\" *: *\"[^\"]*\"", "\"name\":\"chief\"");
                yield right.replace(entry, other + "," + entry);
            }
        };
    }

    @Override
    public boolean mayHurtTraining() {
        return false;
    }
}

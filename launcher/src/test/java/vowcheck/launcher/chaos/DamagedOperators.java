package vowcheck.launcher.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.secrets.BasicCredentials;

/// The operators' secret is written wrongly, an operator calls, and the secret is put right again. Only an authorizer
/// that has never read it otherwise and can use no entry of it admits nobody.
///
/// @param cold whether the authorizer's environments, which know the operators, are killed before the call
record DamagedOperators(Damage damage, boolean cold) implements Act {

    private static final String AUTHORIZER = "operator-authorizer";
    private static final String CALL = "experiments/search?max_results=1";

    /// A minute: API Gateway keeps what the authorizer answered before. On a busy machine it takes longer.
    private static final Duration LIMIT = Duration.ofMinutes(3);

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
        walked.awaitMlflow(); // the authorizer knows the operators
        var secret = walked.system().output(StackOutput.OPERATORS_SECRET_NAME);
        var right = walked.secret(secret);
        walked.putSecret(secret, damaged(right));
        int expected = cold && damage == Damage.WITHOUT_QUOTES ? 503 : 200;
        try {
            if (cold) {
                walked.killFunction(AUTHORIZER);
            }
            awaitRead(walked);
            await("the status for an operator")
                    .atMost(LIMIT)
                    .until(() -> walked.mlflow().read(CALL).statusCode(), status -> status == expected);
        } finally {
            walked.putSecret(secret, right);
        }
        await("the operator is admitted again").atMost(LIMIT).until(walked::admitsOperator);
        return "an operator's call got " + expected;
    }

    /// Waits until the authorizer complains about the damaged text. A wrong password makes it read the secret again.
    private static void awaitRead(WalkedSystem walked) {
        var former = complaints(walked);
        await("the damaged text is read").atMost(LIMIT).until(() -> {
            var wrong = walked.system()
                    .request("/mlflow/health")
                    .header("Authorization", new BasicCredentials("nobody", "wrong").authorization());
            assertThat(walked.system().send(wrong).statusCode()).isIn(401, 503);
            return !former.containsAll(complaints(walked));
        });
    }

    /// The lines of the authorizer's log, which differ in their time and request.
    private static List<String> complaints(WalkedSystem walked) {
        return walked.system()
                .run("logs", AUTHORIZER)
                .output()
                .lines()
                .filter(line -> line.contains("the operators' secret: "))
                .toList();
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

package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorDirectory;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.core.scoring.MovableClock;
import vowcheck.lambda.observation.MetricLog;
import vowcheck.lambda.observation.OperatorMetrics;

class OperatorVerificationTest {

    private static final BasicCredentials ADA = new BasicCredentials("ada", "an example password");

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
    private final SecureRandom random = new SecureRandom();
    private final String secret = OperatorsJson.write(List.of(
            Operator.of("ada", OperatorRole.OPERATOR, ADA.password(), random),
            Operator.of("bob", OperatorRole.AUDITOR, "another password", random)));

    @Test
    void everyCheckCountsTheEntriesThatCannotBeRead() {
        var operators = verification(secret.replace("auditor", "king"));

        assertThat(operators.verified(ADA)).map(Operator::role).hasValue(OperatorRole.OPERATOR);
        assertThat(operators.verified(new BasicCredentials("ada", "wrong"))).isEmpty();

        assertThat(unreadable()).containsExactly(1, 1);
    }

    @Test
    void aSecretThatCannotBeReadIsCountedWhereNobodyCanBeVerified() {
        var operators = verification(secret.replace('"', ' '));

        assertThatThrownBy(() -> operators.verified(ADA)).isInstanceOf(SecretUnavailable.class);

        assertThat(unreadable()).containsExactly(1);
    }

    private OperatorVerification verification(String text) {
        var clock = new MovableClock();
        return new OperatorVerification(
                new OperatorDirectory(new RememberedSecret<>(() -> text, OperatorsJson::read, clock), random),
                new OperatorMetrics(
                        new MetricLog("test", new PrintStream(lines, true, StandardCharsets.UTF_8)), clock));
    }

    private List<Integer> unreadable() {
        return MetricLines.read(lines.toString(StandardCharsets.UTF_8).lines().toList()).stream()
                .map(line -> line.get("OperatorsUnreadable").asInt())
                .toList();
    }
}

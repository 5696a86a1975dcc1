package vowcheck.adapters.operators;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import vowcheck.core.scoring.MovableClock;

class OperatorDirectoryTest {

    private final SecureRandom random = new SecureRandom();
    private final MovableClock clock = new MovableClock();
    private String secret = OperatorsJson.write(List.of(new Operator("ada", PasswordHash.of("right", random))));
    private final OperatorDirectory directory = new OperatorDirectory(() -> secret, clock, random);

    @Test
    void theRightPasswordNamesTheOperator() {
        assertThat(directory.verified("ada", "right")).contains("ada");
        assertThat(directory.verified("ada", "right")).contains("ada");
    }

    @Test
    void aWrongPasswordAndAnUnknownNameNameNobody() {
        assertThat(directory.verified("ada", "wrong")).isEmpty();
        assertThat(directory.verified("bob", "right")).isEmpty();
        assertThat(directory.verified("bob", "")).isEmpty();
    }

    @Test
    void aChangedSecretHoldsAfterFiveMinutes() {
        directory.verified("ada", "right");
        secret = OperatorsJson.write(List.of());

        clock.pass(Duration.ofMinutes(5).plusMillis(1));

        assertThat(directory.verified("ada", "right")).isEmpty();
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(PasswordHash.of("same", random)).isNotEqualTo(PasswordHash.of("same", random));
    }
}

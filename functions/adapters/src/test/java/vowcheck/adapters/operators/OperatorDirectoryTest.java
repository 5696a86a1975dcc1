package vowcheck.adapters.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.secrets.BasicCredentials;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.core.scoring.MovableClock;

class OperatorDirectoryTest {

    private final SecureRandom random = new SecureRandom();
    private final MovableClock clock = new MovableClock();
    private final Operator ada = new Operator("ada", OperatorRole.AUDITOR, PasswordHash.of("right", random));
    private String secret = OperatorsJson.write(List.of(ada));
    private final OperatorDirectory directory =
            new OperatorDirectory(new RememberedSecret<>(() -> secret, OperatorsJson::read, clock), random);

    @Test
    void theRightPasswordNamesThePersonAndTheirRole() {
        assertThat(verified("ada", "right")).contains(ada);
        assertThat(verified("ada", "right")).contains(ada);
    }

    @Test
    void aWrongPasswordOrAnUnknownNameIsNoOperator() {
        assertThat(verified("ada", "wrong")).isEmpty();
        assertThat(verified("bob", "right")).isEmpty();
        assertThat(verified("bob", "")).isEmpty();
    }

    @Test
    void aChangedSecretIsReadAfterFiveMinutes() {
        verified("ada", "right");
        secret = OperatorsJson.write(List.of());

        clock.pass(Duration.ofMinutes(5));
        assertThat(verified("ada", "right")).contains(ada);

        clock.pass(Duration.ofMillis(1));
        assertThat(verified("ada", "right")).isEmpty();
    }

    @Test
    void anUnknownRoleIsNamed() {
        secret = secret.replace("auditor", "king");

        assertThatThrownBy(() -> verified("ada", "right"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a role is 'king', expected operator or auditor");
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(PasswordHash.of("same", random)).isNotEqualTo(PasswordHash.of("same", random));
    }

    private Optional<Operator> verified(String name, String password) {
        return directory.verified(new BasicCredentials(name, password));
    }
}

package vowcheck.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import vowcheck.core.scoring.MovableClock;

class RememberedSecretTest {

    private final MovableClock clock = new MovableClock();
    private String text = "1";
    private boolean reachable = true;
    private int readings;
    private final RememberedSecret<Integer> secret = new RememberedSecret<>(this::read, Integer::valueOf, clock);

    @Test
    void aChangeIsNoticedAfterFiveMinutes() {
        assertThat(secret.get()).isEqualTo(1);
        text = "2";

        clock.pass(Duration.ofMinutes(5));
        assertThat(secret.get()).isEqualTo(1);
        clock.pass(Duration.ofMillis(1));
        assertThat(secret.get()).isEqualTo(2);
    }

    @Test
    void aRefusedCredentialIsReadAnewAndAFloodOfThemReadsOnce() {
        secret.get();
        text = "2";
        clock.pass(Duration.ofSeconds(4));

        for (int refused = 0; refused < 1_000; refused++) {
            assertThat(secret.renewed()).isEqualTo(2);
        }

        assertThat(readings).isEqualTo(2);
    }

    @Test
    void aTextThatMakesNoValueLeavesTheFormerOneInUse() {
        secret.get();
        text = "none";
        clock.pass(Duration.ofMinutes(6));

        assertThat(secret.get()).isEqualTo(1);
        assertThat(secret.get()).isEqualTo(1);
        assertThat(readings).isEqualTo(2);
    }

    @Test
    void withoutAFormerValueTheSecretIsUnavailableUntilItIsRight() {
        text = "none";

        for (int call = 0; call < 100; call++) {
            assertThatThrownBy(secret::get).isInstanceOf(SecretUnavailable.class);
        }
        assertThat(readings).isEqualTo(1);

        text = "2";
        clock.pass(Duration.ofSeconds(4));
        assertThat(secret.get()).isEqualTo(2);
    }

    @Test
    void aSecretThatCannotBeReadLeavesTheFormerValueInUseAndIsReadWhenItCanBe() {
        secret.get();
        reachable = false;
        clock.pass(Duration.ofMinutes(6));

        for (int call = 0; call < 100; call++) {
            assertThat(secret.get()).isEqualTo(1);
            assertThat(secret.renewed()).isEqualTo(1);
        }
        assertThat(readings).isEqualTo(2);

        reachable = true;
        text = "2";
        clock.pass(Duration.ofSeconds(4));
        assertThat(secret.renewed()).isEqualTo(2);
    }

    @Test
    void withoutAFormerValueASecretThatCannotBeReadIsUnavailable() {
        reachable = false;

        assertThatThrownBy(secret::get).isInstanceOf(SecretUnavailable.class);

        reachable = true;
        assertThat(secret.get()).isEqualTo(1);
    }

    private String read() {
        readings++;
        if (!reachable) {
            throw new SecretUnavailable("out of reach", null);
        }
        return text;
    }
}

package vowcheck.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SecretsTest {

    private final StoredSecret stored = new StoredSecret();

    @Test
    void aTextIsRead() {
        stored.text("a text");

        assertThat(stored.secrets().text("name")).isEqualTo("a text");
    }

    @Test
    void aBinarySecretIsUnavailable() {
        stored.binary();

        assertThatThrownBy(() -> stored.secrets().text("name"))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessage("the secret name is binary, expected a text");
    }

    @Test
    void aDeletedSecretIsUnavailable() {
        assertThatThrownBy(() -> stored.secrets().text("name"))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessage("the secret name cannot be read");
    }
}

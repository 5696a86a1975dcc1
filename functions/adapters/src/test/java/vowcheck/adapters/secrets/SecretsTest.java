package vowcheck.adapters.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                ResourceNotFoundException | the secret name does not exist or has no value: docs/operations.md says what to do
                InvalidRequestException   | the secret name is marked for deletion: restore it, as docs/operations.md says
                AccessDeniedException     | the secret name cannot be read
                """)
    void whatCannotBeReadIsUnavailableAndSaysWhatToDo(String error, String sentence) {
        stored.refuse(error);

        assertThatThrownBy(() -> stored.secrets().text("name"))
                .isInstanceOf(SecretUnavailable.class)
                .hasMessage(sentence);
    }
}

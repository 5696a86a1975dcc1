package vowcheck.core.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {

    private static final String FORTY = "0123456789abcdefghijABCDEFGHIJ0123456789";

    @ParameterizedTest
    @ValueSource(strings = {"ab", "clerks", "a1234567890123456789"})
    void aKeyNamesItsClient(String name) {
        var client = new ClientName(name);

        assertThat(new ApiKey(name + FORTY).client()).isEqualTo(client);
        assertThat(ApiKey.random(client, new Random(7)).client()).isEqualTo(client);
    }

    @Test
    void keysHaveOnlyLettersAndDigitsAndDiffer() {
        var random = new Random(7);
        var keys = Stream.generate(() -> ApiKey.random(ClientName.CLERKS, random))
                .limit(1000)
                .toList();

        assertThat(keys)
                .doesNotHaveDuplicates()
                .allSatisfy(key -> assertThat(key.value()).matches("clerks[A-Za-z0-9]{40}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                FORTY,
                "a" + FORTY,
                "1a" + FORTY,
                "Clerks" + FORTY,
                "clerks-" + FORTY,
                "unknown" + FORTY,
                "a12345678901234567890" + FORTY
            })
    void aKeyThatWasNotMadeForAClientHasNone(String value) {
        assertThat(ApiKey.of(value)).isEmpty();
        assertThatThrownBy(() -> new ApiKey(value)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMessageNeverShowsTheValue() {
        assertThat(new ApiKey("clerks" + FORTY)).hasToString("ApiKey[clerks-01234567]");
        assertThatThrownBy(() -> new ApiKey("clerks-" + FORTY)).hasMessageNotContaining("clerks-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "Clerks", "1clerks", "the-clerks", "clerks ", "a12345678901234567890"})
    void aNameIsShortAndPlain(String name) {
        assertThatThrownBy(() -> new ClientName(name)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theUnknownCallerIsNoClient() {
        assertThat(ClientName.UNKNOWN.isKnown()).isFalse();
        assertThat(ClientName.CLERKS.isKnown()).isTrue();
    }
}

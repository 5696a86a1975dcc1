package vowcheck.adapters.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.ClientKeys;
import vowcheck.core.clients.ClientName;

class ClientKeysJsonTest {

    private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void whatIsWrittenIsReadAgain() {
        var random = new Random(7);
        var keys = ClientKeys.NONE
                .with(ApiKey.random(ClientName.CLERKS, random), NOW, Duration.ZERO)
                .with(ApiKey.random(ClientName.CLERKS, random), NOW, Duration.ofDays(1));

        assertThat(ClientKeysJson.read(ClientKeysJson.write(keys))).isEqualTo(keys);
        assertThat(ClientKeysJson.read("{\"keys\":[]}")).isEqualTo(ClientKeys.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"keys\":[{}]}",
                "{\"keys\":[{\"value\":\"a-secret\",\"created\":\"2026-11-01T12:00:00Z\"}]}",
                "{\"keys\":[{\"value\":\"clerks0123456789012345678901234567890123456789\",\"created\":\"a-secret\"}]}"
            })
    void aDamagedSecretIsRefusedWithoutItsText(String text) {
        assertThatThrownBy(() -> ClientKeysJson.read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("a-secret");
    }
}

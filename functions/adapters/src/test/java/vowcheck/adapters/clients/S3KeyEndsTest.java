package vowcheck.adapters.clients;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.deployment.BucketKeys;
import vowcheck.adapters.s3.InMemoryS3;
import vowcheck.core.clients.KeyEndsUnavailable;
import vowcheck.core.clients.KeyId;

class S3KeyEndsTest {

    private final InMemoryS3 s3 = new InMemoryS3();
    private final S3KeyEnds ends = new S3KeyEnds(s3, "bucket");

    @Test
    void whatIsWrittenIsReadAgain() {
        var expected = Map.of(new KeyId("clerks-Ab12Cd34"), Instant.parse("2026-11-01T12:00:00.123Z"));

        ends.write(expected);

        assertThat(ends.read()).isEqualTo(expected);
        ends.write(Map.of());
        assertThat(ends.read()).isEmpty();
    }

    @Test
    void withoutTheObjectNoEndIsSet() {
        assertThat(ends.read()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"ends\":{\"clerks\":\"2026-11-01T12:00:00Z\"}}",
                "{\"ends\":{\"clerks-Ab12Cd34\":1}}"
            })
    void aDamagedObjectIsReported(String text) {
        s3.objects().put(BucketKeys.KEY_ENDS, text.getBytes(UTF_8));

        assertThatThrownBy(ends::read).isInstanceOf(KeyEndsUnavailable.class);
    }
}

package vowcheck.adapters.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.scoring.ApiKeyId;
import vowcheck.core.scoring.Endpoint;
import vowcheck.core.scoring.Purpose;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.scoring.ScoredApplication;
import vowcheck.core.scoring.ScoredRequest;

class ScoredRequestJsonTest {

    @Test
    void whatIsWrittenIsReadAgain() {
        var request = new ScoredRequest(
                new RequestOrigin(new RequestId("r"), Endpoint.SINGLE, Purpose.PROBE, new ApiKeyId("clerks")),
                Instant.parse("2025-06-01T12:30:00.123456Z"),
                new ModelVersion("7"),
                List.of(new ScoredApplication(ModelFixtures.APPLICATION, 0.1 + 0.2)));

        assertThat(ScoredRequestJson.read(JsonDocument.parse(ScoredRequestJson.write(request))))
                .isEqualTo(request);
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> ScoredRequestJson.read(JsonDocument.parse("{\"applications\": []}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("request_id");
    }
}

package vowcheck.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The schedule that has the scoring function score a canary.
class ScoringCanaryTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Through the alias: only a call of it keeps the snapshot of its version.
    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void theAliasIsInvokedEveryFiveMinutes(String stage) throws IOException {
        var rule = Synthesized.of(stage).resource("AWS::Events::Rule", "Canary").properties();
        assertThat(rule.at("ScheduleExpression").text()).isEqualTo("rate(5 minutes)");
        assertThat(rule.at("State").text()).isEqualTo("ENABLED");
        var target = rule.at("Targets").list().getFirst();
        assertThat(target.at("Arn").text()).matches("\\$\\{ScoringLive[0-9A-F]{8}}");
        assertThat(JSON.readValue(target.at("Input").text(), Object.class))
                .isEqualTo(JSON.readValue(Path.of("../events/canary.json").toFile(), Object.class));
        assertThat(target.at("RetryPolicy", "MaximumEventAgeInSeconds").value()).isEqualTo(300);
    }

    @Test
    void aCanaryIsNeitherRepeatedNorLate() {
        var config = Synthesized.of("prod")
                .resource("AWS::Lambda::EventInvokeConfig", "Scoring")
                .properties();
        assertThat(config.at("Qualifier").text()).contains("ScoringLive");
        assertThat(config.map())
                .containsEntry("MaximumRetryAttempts", 0)
                .containsEntry("MaximumEventAgeInSeconds", 300);
    }

    @Test
    void theLocalStageHasNone() {
        assertThat(Synthesized.of("local").resources("AWS::Events::Rule"))
                .noneMatch(rule -> rule.logicalId().startsWith("Canary"));
    }
}

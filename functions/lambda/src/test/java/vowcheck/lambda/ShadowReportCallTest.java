package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.ShadowPointer.UnreadableShadow;
import vowcheck.core.scoring.ShadowComparison;
import vowcheck.core.scoring.ShadowComparison.Scores;

class ShadowReportCallTest {

    private static final Scores SCORES = new Scores(0.25, List.of(0.1, 0.2, 0.25, 0.3, 0.4));

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void aModelIsInProduction() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void withoutAShadowTheAnswerSaysSo() {
        assertThat(asked().getBody()).isEqualTo("{\"status\":\"off\"}");
    }

    @Test
    void aShadowThatCannotBeReadIsNamed() {
        service.models.shadow(new UnreadableShadow("the field 'reason' is missing"));

        assertThat(asked().getBody())
                .isEqualTo("{\"status\":\"unreadable\",\"fault\":\"the field 'reason' is missing\"}");
    }

    @Test
    void theShadowIsComparedAtOnceAfterItsStart() {
        service.predict(Map.of());
        service.models.shadow(ModelFixtures.shadow("8"));

        assertThat(asked().getBody())
                .isEqualTo("""
                {"status":"on","model_version":"8","manifest_sha256":"%s","started_at":"2025-05-31T12:00:00Z",\
                "started_by":"ada","reason":"to compare it","comparison":{"rows":0,"scored":0}}""".formatted(ModelFixtures.identity("8").manifestHash()));
    }

    @Test
    void bothModelsScoresAreShown() {
        service.models.shadow(ModelFixtures.shadow("8"));
        service.shadowComparison = new ShadowComparison(
                12,
                Optional.of(Instant.EPOCH),
                10,
                List.of(new ModelVersion("7")),
                SCORES,
                SCORES,
                OptionalDouble.of(0.5),
                1,
                1);

        assertThat(asked().getBody()).endsWith("""
                "comparison":{"rows":12,"since":"1970-01-01T00:00:00Z","scored":10,"answered_by":["7"],\
                "answered":{"mean":0.25,"quantiles":{"0.05":0.1,"0.25":0.2,"0.5":0.25,"0.75":0.3,"0.95":0.4}},\
                "shadow":{"mean":0.25,"quantiles":{"0.05":0.1,"0.25":0.2,"0.5":0.25,"0.75":0.3,"0.95":0.4}},\
                "top":1,"in_both_tops":1,"rank_correlation":0.5}}""");
    }

    @Test
    void withoutAReadablePointerTheAnswerSaysWhatIsWrongWithIt() {
        service.models.withdraw();
        assertThat(refused(409)).contains("the pointer in memory is missing");

        service.models.damagePointer();
        assertThat(refused(409)).contains("the pointer in memory cannot be read");

        service.models.reachable(false);
        assertThat(refused(503)).contains("try again later");
    }

    private String refused(int status) {
        var answer = answer();
        assertThat(answer.getStatusCode()).isEqualTo(status);
        return answer.getBody();
    }

    private APIGatewayProxyResponseEvent asked() {
        var answer = answer();
        assertThat(answer.getStatusCode()).isEqualTo(200);
        return answer;
    }

    private APIGatewayProxyResponseEvent answer() {
        return service.answered(ServiceInMemory.sample()
                .withHttpMethod("GET")
                .withResource("/operations/shadow")
                .withHeaders(ServiceInMemory.operator("right"))
                .withBody(null));
    }
}

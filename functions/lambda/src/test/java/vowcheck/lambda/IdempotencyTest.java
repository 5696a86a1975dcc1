package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.core.clients.ClientName;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.RequestId;

class IdempotencyTest {

    private static final Map<String, String> KEY = Map.of("Idempotency-Key", "loan-4711-of-ada_lovelace");

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void aModelIsInProduction() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void theSameKeyAndBodyAreAnsweredAsBeforeAndStoredOnce() {
        var first = service.predict(KEY);
        service.models.promote(ModelFixtures.constant("8", 0.5));
        service.clock.pass(ServiceInMemory.REFRESH_AGE.multipliedBy(2));
        var second = service.predict(KEY);

        assertThat(second.getBody()).isEqualTo(first.getBody());
        assertThat(first.getHeaders())
                .containsEntry("X-Request-Id", "loan-4711-of-ada_lovelace")
                .doesNotContainKey("Idempotency-Replayed");
        assertThat(second.getHeaders())
                .containsEntry("X-Request-Id", "loan-4711-of-ada_lovelace")
                .containsEntry("X-Model-Version", "7")
                .containsEntry("Idempotency-Replayed", "true");
        assertThat(service.log.requests()).hasSize(1);
    }

    @Test
    void anotherBodyIsAConflictThatRevealsNothing() {
        service.predict(KEY);

        var body = Events.text("request_1.json").replace("20000", "20001");
        var otherBody = service.answer(keyed().withBody(body));

        assertThat(otherBody.getStatusCode()).isEqualTo(409);
        assertThat(otherBody.getBody()).doesNotContain("0.25");
        assertThat(service.log.requests()).hasSize(1);
    }

    @Test
    void theKeyOfAnErasedRequestIsNotUsedAgain() {
        var requestId = new RequestId("loan-4711-of-ada_lovelace");
        service.predict(KEY);
        service.log.bury(ClientName.CLERKS, requestId);
        service.log.erase(ClientName.CLERKS, requestId);

        var repeated = service.predict(KEY);

        assertThat(repeated.getStatusCode()).isEqualTo(410);
        assertThat(repeated.getBody()).contains("was erased").doesNotContain("0.25", "ada");
        assertThat(service.log.requests()).isEmpty();
    }

    @Test
    void twoClientsWithTheSameKeyGetTheirOwnAnswers() {
        var another = new ClientName("another");
        var body = Events.text("request_1.json").replace("20000", "20001");
        service.predict(KEY);

        var first = service.answer(another, keyed().withBody(body));
        var second = service.answer(another, keyed().withBody(body));

        assertThat(first.getStatusCode()).isEqualTo(200);
        assertThat(first.getHeaders()).doesNotContainKey("Idempotency-Replayed");
        assertThat(second.getHeaders()).containsEntry("Idempotency-Replayed", "true");
        assertThat(service.predict(KEY).getHeaders()).containsEntry("Idempotency-Replayed", "true");
        assertThat(service.log.requests()).hasSize(2);
    }

    @Test
    void aCallerWithoutAKeyOfAClientOwnsNothing() {
        var event = keyed();
        event.getRequestContext().getIdentity().setApiKey("a-key-that-somebody-made-by-hand");

        assertThat(service.answered(event).getStatusCode()).isEqualTo(200);
        assertThat(service.answered(event).getStatusCode()).isEqualTo(409);
        assertThat(service.log.requests().getFirst().origin().client()).isEqualTo(ClientName.UNKNOWN);
    }

    @Test
    void whileTheLogIsOutOfReachOnlyKeyedCallsAreUnavailable() {
        service.log.reachable(false);

        var keyed = service.predict(KEY);

        assertThat(keyed.getStatusCode()).isEqualTo(503);
        assertThat(keyed.getHeaders()).containsKey("Retry-After");
        assertThat(service.queue.requests()).isEmpty();
        assertThat(service.predict(Map.of()).getStatusCode()).isEqualTo(200);
    }

    @Test
    void aBatchThatTakesTooLongIsAnsweredWhenItIsRepeatedAfterItWasStored() {
        var application = Events.text("request_1.json");
        var batch = keyed().withResource("/batch_predict")
                .withBody("{\"instances\": [%s, %s]}".formatted(application, application));
        service.log.tooSlowFor(2);

        var first = service.answer(batch);
        assertThat(service.predict(Map.of()).getStatusCode()).isEqualTo(200);
        service.log.tooSlowFor(Integer.MAX_VALUE);
        service.queue.requests().forEach(service.log::keep);
        var second = service.answer(batch);

        assertThat(first.getStatusCode()).isEqualTo(503);
        assertThat(first.getHeaders()).containsKey("Retry-After");
        assertThat(first.getBody())
                .contains("repeat the request with the same Idempotency-Key")
                .doesNotContain("probabilit");
        assertThat(second.getStatusCode()).isEqualTo(200);
        assertThat(second.getHeaders()).containsEntry("Idempotency-Replayed", "true");
        assertThat(service.log.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "too-short",
                "u.7b1f3c2a-9d0e-4f56-8a7b-0c1d2e3f4a5b",
                "an-ümlaut-is-not-for-keys",
                "no blanks are for keys",
                "fifty-one-characters-are-one-more-than-a-key-has-at"
            })
    void aMalformedKeyIsRefused(String key) {
        assertThat(service.predict(Map.of("Idempotency-Key", key)).getStatusCode())
                .isEqualTo(400);
        assertThat(service.log.requests()).isEmpty();
    }

    private static APIGatewayProxyRequestEvent keyed() {
        var event = ServiceInMemory.sample();
        event.getHeaders().putAll(KEY);
        return event;
    }
}

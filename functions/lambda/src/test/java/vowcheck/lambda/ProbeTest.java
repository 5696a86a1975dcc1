package vowcheck.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import vowcheck.core.model.ModelFixtures;
import vowcheck.core.scoring.Purpose;

class ProbeTest {

    private final ServiceInMemory service = new ServiceInMemory();

    @BeforeEach
    void aModelIsInProduction() {
        service.models.promote(ModelFixtures.constant("7", 0.25));
    }

    @Test
    void anOperatorsProbeIsStoredAsAProbe() {
        assertThat(probe("true", "right")).isEqualTo(200);

        assertThat(service.log.requests().getFirst().origin().purpose()).isEqualTo(Purpose.PROBE);
    }

    @Test
    void withoutTheHeaderAnOperatorsCallIsAnApplication() {
        assertThat(probe("false", "right")).isEqualTo(200);

        assertThat(service.log.requests().getFirst().origin().purpose()).isEqualTo(Purpose.APPLICATION);
    }

    @Test
    void onlyAnOperatorCanMarkAProbe() {
        assertThat(service.predict(Map.of("X-Probe", "true")).getStatusCode()).isEqualTo(401);
        assertThat(probe("true", "wrong")).isEqualTo(401);
        assertThat(probe("true", "reads")).isEqualTo(401);
        assertThat(service.log.requests()).isEmpty();
    }

    @Test
    void aHeaderThatIsNeitherTrueNorFalseIsRefused() {
        assertThat(probe("yes", "right")).isEqualTo(400);
    }

    private int probe(String header, String password) {
        var headers = new HashMap<>(ServiceInMemory.operator(password));
        headers.put("X-Probe", header);
        return service.predict(headers).getStatusCode();
    }
}

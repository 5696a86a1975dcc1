package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class PipSettingsTest {

    @Test
    void uvGetsWhatPipWasTold() {
        var settings = PipSettings.parse("""
                global.index-url='https://packages.example.org/simple'
                global.cert='/etc/ssl/certs/ca.crt'
                install.find-links='/srv/packages /opt/more'
                :env:.index-url='https://other.example.org/simple'
                :env:.default-timeout='180'
                """);

        assertThat(settings.forUv(Map.of()))
                .containsOnly(
                        Map.entry("UV_DEFAULT_INDEX", "https://other.example.org/simple"), // the environment wins
                        Map.entry("SSL_CERT_FILE", "/etc/ssl/certs/ca.crt"),
                        Map.entry("UV_FIND_LINKS", "/srv/packages,/opt/more"),
                        Map.entry("UV_HTTP_TIMEOUT", "180"));
    }

    @Test
    void whatUvWasToldItselfStays() {
        var settings = PipSettings.parse("global.index-url='https://packages.example.org/simple'");

        assertThat(settings.forUv(Map.of("UV_DEFAULT_INDEX", "https://uv.example.org")))
                .isEmpty();
        assertThat(settings.forUv(Map.of("UV_INDEX_URL", "https://uv.example.org")))
                .isEmpty();
    }

    @Test
    void aPlainMachineHasNoSettings() {
        assertThat(PipSettings.parse("").forUv(Map.of())).isEmpty();
    }
}

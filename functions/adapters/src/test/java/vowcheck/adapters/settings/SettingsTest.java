package vowcheck.adapters.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.postgres.DatabaseAuthentication;

class SettingsTest {

    private final Settings settings = new Settings(Map.of(
            "MODEL_BUCKET",
            "models",
            "MODEL_REFRESH_AGE",
            "PT30S",
            "DATABASE_PORT",
            "5432",
            "DATABASE_HOST",
            " ",
            "DATABASE_AUTHENTICATION",
            "IAM"));

    @Test
    void settingsAreReadByTheirType() {
        assertThat(settings.text(Setting.MODEL_BUCKET)).isEqualTo("models");
        assertThat(settings.duration(Setting.MODEL_REFRESH_AGE)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.port(Setting.DATABASE_PORT)).isEqualTo(5432);
        assertThat(settings.choice(Setting.DATABASE_AUTHENTICATION, DatabaseAuthentication.class))
                .isEqualTo(DatabaseAuthentication.IAM);
    }

    @Test
    void aMissingOrBlankSettingIsNamed() {
        assertThatThrownBy(() -> settings.text(Setting.DATABASE_NAME)).hasMessageContaining("DATABASE_NAME");
        assertThatThrownBy(() -> settings.text(Setting.DATABASE_HOST)).hasMessageContaining("DATABASE_HOST");
    }

    @Test
    void aMalformedSettingIsNamedWithItsValue() {
        var wrong = new Settings(
                Map.of("MODEL_REFRESH_AGE", "30", "DATABASE_PORT", "70000", "DATABASE_AUTHENTICATION", "iam"));

        assertThatThrownBy(() -> wrong.duration(Setting.MODEL_REFRESH_AGE))
                .hasMessage("MODEL_REFRESH_AGE is '30', expected an ISO-8601 duration such as PT30S");
        assertThatThrownBy(() -> wrong.port(Setting.DATABASE_PORT))
                .hasMessage("DATABASE_PORT is '70000', expected a port of 1 to 65535");
        assertThatThrownBy(() -> wrong.choice(Setting.DATABASE_AUTHENTICATION, DatabaseAuthentication.class))
                .hasMessage("DATABASE_AUTHENTICATION is 'iam', expected one of [SECRET, IAM]");
    }
}

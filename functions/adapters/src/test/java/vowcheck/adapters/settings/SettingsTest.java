package vowcheck.adapters.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vowcheck.adapters.settings.Setting.DATABASE_AUTHENTICATION;
import static vowcheck.adapters.settings.Setting.DATABASE_HOST;
import static vowcheck.adapters.settings.Setting.DATABASE_NAME;
import static vowcheck.adapters.settings.Setting.DATABASE_PORT;
import static vowcheck.adapters.settings.Setting.DATABASE_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_USER;
import static vowcheck.adapters.settings.Setting.DRIFT_MIN_SAMPLES;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.MODEL_REFRESH_AGE;
import static vowcheck.adapters.settings.Setting.TRAINING_FAULTY_ROWS_SHARE;
import static vowcheck.adapters.settings.Setting.TRAINING_SEARCH;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.core.workflow.SearchBudget;

class SettingsTest {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "MODEL_BUCKET",
            "models",
            "MODEL_REFRESH_AGE",
            "PT30S",
            "DATABASE_PORT",
            "5432",
            "DATABASE_HOST",
            " ",
            "DATABASE_AUTHENTICATION",
            "IAM",
            "DRIFT_MIN_SAMPLES",
            "1000");

    @Test
    void settingsAreReadByTheirType() {
        var settings = new Settings(
                Set.of(MODEL_BUCKET, MODEL_REFRESH_AGE, DATABASE_PORT, DATABASE_AUTHENTICATION, DRIFT_MIN_SAMPLES),
                ENVIRONMENT);

        assertThat(settings.text(MODEL_BUCKET)).isEqualTo("models");
        assertThat(settings.duration(MODEL_REFRESH_AGE)).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.port(DATABASE_PORT)).isEqualTo(5432);
        assertThat(settings.choice(DATABASE_AUTHENTICATION, DatabaseAuthentication.class))
                .isEqualTo(DatabaseAuthentication.IAM);
        assertThat(settings.wholeNumber(DRIFT_MIN_SAMPLES)).isEqualTo(1000);
    }

    @Test
    void everyMissingOrBlankSettingIsNamedAtOnce() {
        var declared = Set.of(MODEL_BUCKET, DATABASE_NAME, DATABASE_HOST);

        assertThatThrownBy(() -> new Settings(declared, ENVIRONMENT))
                .hasMessageContaining("DATABASE_NAME")
                .hasMessageContaining("DATABASE_HOST")
                .hasMessageNotContaining("MODEL_BUCKET");
    }

    @Test
    void aSettingThatIsNotDeclaredCannotBeRead() {
        var settings = new Settings(Set.of(MODEL_BUCKET), ENVIRONMENT);

        assertThatThrownBy(() -> settings.port(DATABASE_PORT)).hasMessageContaining("DATABASE_PORT");
    }

    @Test
    void theAuthenticationDecidesWhetherTheSecretOrTheUserIsNeeded() {
        var declared = Set.of(DATABASE_AUTHENTICATION, DATABASE_SECRET, DATABASE_USER);

        assertThat(Setting.needed(declared, Map.of("DATABASE_AUTHENTICATION", "SECRET")))
                .containsExactlyInAnyOrder(DATABASE_AUTHENTICATION, DATABASE_SECRET);
        assertThatThrownBy(() -> new Settings(declared, ENVIRONMENT))
                .hasMessage("environment variables are not set: DATABASE_USER");
    }

    @Test
    void aMalformedSettingIsNamedWithItsValue() {
        var wrong = new Settings(
                Set.of(
                        MODEL_REFRESH_AGE,
                        DATABASE_PORT,
                        DATABASE_AUTHENTICATION,
                        DRIFT_MIN_SAMPLES,
                        TRAINING_FAULTY_ROWS_SHARE,
                        TRAINING_SEARCH),
                Map.of(
                        "TRAINING_FAULTY_ROWS_SHARE", "1.5",
                        "TRAINING_SEARCH", "16 minutes",
                        "MODEL_REFRESH_AGE", "30",
                        "DATABASE_PORT", "70000",
                        "DATABASE_AUTHENTICATION", "iam",
                        "DRIFT_MIN_SAMPLES", "0.5"));

        assertThatThrownBy(() -> wrong.duration(MODEL_REFRESH_AGE))
                .hasMessage("MODEL_REFRESH_AGE is '30', expected an ISO-8601 duration such as PT30S");
        assertThatThrownBy(() -> wrong.share(TRAINING_FAULTY_ROWS_SHARE))
                .hasMessage("TRAINING_FAULTY_ROWS_SHARE is '1.5', expected a number from 0 to 1");
        assertThatThrownBy(() -> wrong.value(TRAINING_SEARCH, SearchBudget::of))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("TRAINING_SEARCH is 16 minutes, expected 1 to 15");
        assertThatThrownBy(() -> wrong.port(DATABASE_PORT))
                .hasMessage("DATABASE_PORT is '70000', expected a port of 1 to 65535");
        assertThatThrownBy(() -> wrong.choice(DATABASE_AUTHENTICATION, DatabaseAuthentication.class))
                .hasMessage("DATABASE_AUTHENTICATION is 'iam', expected one of [SECRET, IAM]");
        assertThatThrownBy(() -> wrong.wholeNumber(DRIFT_MIN_SAMPLES))
                .hasMessage("DRIFT_MIN_SAMPLES is '0.5', expected a whole number from 0 to 2147483647");
    }
}

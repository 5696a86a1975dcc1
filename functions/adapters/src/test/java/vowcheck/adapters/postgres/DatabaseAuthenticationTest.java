package vowcheck.adapters.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static vowcheck.adapters.settings.Setting.DATABASE_AUTHENTICATION;
import static vowcheck.adapters.settings.Setting.DATABASE_SECRET;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import vowcheck.adapters.secrets.SecretUnavailable;
import vowcheck.adapters.secrets.StoredSecret;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.clients.ClientName;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.scoring.PredictionsUnavailable;
import vowcheck.core.scoring.RequestId;

class DatabaseAuthenticationTest {

    private final StoredSecret secret = new StoredSecret();
    private final Supplier<DatabaseLogin> login = DatabaseAuthentication.login(
            new Settings(
                    Set.of(DATABASE_AUTHENTICATION, DATABASE_SECRET),
                    Map.of("DATABASE_AUTHENTICATION", "SECRET", "DATABASE_SECRET", "name")),
            secret.secrets());

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"username\":", "null", "{\"username\": \"scoring\"}", "{\"username\": 7}"})
    void aDamagedSecretIsUnavailableAndSoIsTheLog(String damaged) {
        secret.text(damaged);

        assertThatThrownBy(login::get).isInstanceOf(SecretUnavailable.class);
        try (var database =
                new Database(DatabaseAddress.withoutTls("localhost", 1, "none"), login, Duration.ofSeconds(1))) {
            var log = new PostgresPredictionLog(database, FeatureSchema.CURRENT, TestDatabase.TOMBSTONES);
            assertThatThrownBy(() -> log.find(ClientName.CLERKS, new RequestId("r"), 0, 1))
                    .isInstanceOf(PredictionsUnavailable.class);
        }
    }

    @Test
    void aSecretThatIsDamagedOrDeletedMeanwhileLeavesTheFormerLoginInUse() {
        secret.text("{\"username\": \"scoring\", \"password\": \"p\"}");
        var former = login.get();

        secret.text("damaged");
        assertThat(login.get()).isEqualTo(former);
        secret.delete();
        assertThat(login.get()).isEqualTo(former);
    }
}

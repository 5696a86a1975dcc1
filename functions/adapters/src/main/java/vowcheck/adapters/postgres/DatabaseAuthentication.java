package vowcheck.adapters.postgres;

import static vowcheck.adapters.settings.Setting.DATABASE_AUTHENTICATION;
import static vowcheck.adapters.settings.Setting.DATABASE_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_USER;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Supplier;
import vowcheck.adapters.secrets.RememberedSecret;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;

/// How a program proves to the database which role it works as.
public enum DatabaseAuthentication {
    /// By a password, which the migrations set.
    SECRET,
    /// By a token of AWS IAM; RDS only.
    IAM;

    /// The settings that [#login] reads.
    public static final Set<Setting> SETTINGS =
            Setting.union(DatabaseAddress.SETTINGS, DATABASE_AUTHENTICATION, DATABASE_SECRET, DATABASE_USER);

    /// The authentication that a program's settings give.
    public static DatabaseAuthentication from(Settings settings) {
        return settings.choice(DATABASE_AUTHENTICATION, DatabaseAuthentication.class);
    }

    /// The login that a program's settings give; to be asked for each connection, since passwords change. It throws
    /// [SecretUnavailable] where it has no login; a secret that was damaged or deleted meanwhile leaves the former
    /// login in use.
    public static Supplier<DatabaseLogin> login(Settings settings, Secrets secrets) {
        return switch (from(settings)) {
            case SECRET -> {
                var secret = settings.text(DATABASE_SECRET);
                yield new RememberedSecret<>(
                        () -> secrets.text(secret), DatabaseLogin::fromSecret, InstantSource.system(), Duration.ZERO);
            }
            case IAM -> IamLogin.of(settings.text(DATABASE_USER), DatabaseAddress.from(settings));
        };
    }
}

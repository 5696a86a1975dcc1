package vowcheck.adapters.postgres;

import static vowcheck.adapters.settings.Setting.DATABASE_AUDIT_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_AUTHENTICATION;
import static vowcheck.adapters.settings.Setting.DATABASE_DRIFT_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_ERASURE_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_IMPORT_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_MLFLOW_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_OWNER_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_PROMOTION_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_RETENTION_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_SCORING_SECRET;
import static vowcheck.adapters.settings.Setting.DATABASE_TRAINING_SECRET;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;

/// The logins of the migrations: the owner's, by which they run, and those of the roles whose passwords they set.
public final class MigrationLogins {

    /// The settings that are read here.
    public static final Set<Setting> SETTINGS = Setting.union(
            DatabaseAddress.SETTINGS,
            DATABASE_AUTHENTICATION,
            DATABASE_OWNER_SECRET,
            DATABASE_SCORING_SECRET,
            DATABASE_TRAINING_SECRET,
            DATABASE_DRIFT_SECRET,
            DATABASE_RETENTION_SECRET,
            DATABASE_AUDIT_SECRET,
            DATABASE_ERASURE_SECRET,
            DATABASE_IMPORT_SECRET,
            DATABASE_PROMOTION_SECRET,
            DATABASE_MLFLOW_SECRET);

    /// The role of people who read. It has no secret: they log in by tokens of IAM.
    public static final String READER = "reader";

    /// The roles of this service's own programs. MLflow, the other role, can only use a password.
    private static final List<Setting> SERVICE_ROLES = List.of(
            DATABASE_SCORING_SECRET,
            DATABASE_TRAINING_SECRET,
            DATABASE_DRIFT_SECRET,
            DATABASE_RETENTION_SECRET,
            DATABASE_AUDIT_SECRET,
            DATABASE_ERASURE_SECRET,
            DATABASE_IMPORT_SECRET,
            DATABASE_PROMOTION_SECRET);

    private final Settings settings;
    private final Secrets secrets;

    public MigrationLogins(Settings settings, Secrets secrets) {
        this.settings = settings;
        this.secrets = secrets;
    }

    /// The migrations, run by the owner.
    public Migrations migrations() {
        var address = DatabaseAddress.from(settings);
        var owner = login(DATABASE_OWNER_SECRET);
        return switch (DatabaseAuthentication.from(settings)) {
            case SECRET -> new Migrations(address, owner);
            case IAM -> {
                var token = IamLogin.of(owner.username(), address).get();
                var byToken = Stream.concat(serviceRoles().map(DatabaseLogin::username), Stream.of(READER))
                        .collect(Collectors.toSet());
                yield new Migrations(address, List.of(token, owner), byToken);
            }
        };
    }

    /// The roles, with their passwords.
    public List<DatabaseLogin> roles() {
        return Stream.concat(serviceRoles(), Stream.of(login(DATABASE_MLFLOW_SECRET)))
                .toList();
    }

    private Stream<DatabaseLogin> serviceRoles() {
        return SERVICE_ROLES.stream().map(this::login);
    }

    private DatabaseLogin login(Setting secret) {
        return DatabaseLogin.fromSecret(secrets.text(settings.text(secret)));
    }
}

package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.Network;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.MigrateHandler;

/// Brings the database's schema and roles up to date during a deployment, before any program that relies on them
/// starts.
///
/// The trigger is a custom resource, which LocalStack does not run: there, the launcher invokes the function.
public final class DatabaseMigrations extends Construct {
    private static final Duration TIMEOUT = Duration.minutes(10);

    private final HandlerFunction function;
    private final Trigger trigger;

    /// What the function works on.
    public record Resources(Network network, DatabaseServer database) {}

    public DatabaseMigrations(Construct scope, String id, HandlerFunction.Common common, Resources resources) {
        super(scope, id);
        var database = resources.database();
        function = new HandlerFunction(
                this,
                "Migrate",
                common,
                new HandlerFunction.Props(
                        "migrate",
                        MigrateHandler.class,
                        MigrateHandler.SETTINGS,
                        "Migrates the database's schema and sets its roles' passwords",
                        TIMEOUT,
                        List.of(resources.network())));
        database.settings(function.codeFolder()).forEach(function::set);
        function.readsSecret(Setting.DATABASE_OWNER_SECRET, database.owner());
        for (var role : DatabaseRole.values()) {
            function.readsSecret(role.migrationSetting(), database.secret(role));
        }
        database.grantOwnerLogin(function.grantee());
        database.expect("migrate", function.mostAtOnce());
        database.admit(function.group());
        trigger = Trigger.Builder.create(this, "OnDeploy")
                .handler(function.function())
                .timeout(TIMEOUT)
                .build();
    }

    /// Keeps programs from starting on a schema that they do not know yet.
    public void runBefore(Construct... programs) {
        trigger.executeBefore(programs);
    }

    /// The function that migrates.
    public HandlerFunction function() {
        return function;
    }
}

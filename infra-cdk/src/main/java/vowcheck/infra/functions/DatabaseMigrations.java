package vowcheck.infra.functions;

import java.util.EnumMap;
import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.triggers.Trigger;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.ServiceStack;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.mlflow.TrackingServer;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.MigrateHandler;

/// Brings the database's schema and roles up to date in the course of a deploy, before any function that relies
/// on them goes live.
///
/// The trigger is a custom resource, and LocalStack runs none: there, whoever deploys invokes the function.
public final class DatabaseMigrations extends Construct {
    private static final Duration TIMEOUT = Duration.minutes(10);

    private final HandlerFunction function;
    private final Trigger trigger;

    public DatabaseMigrations(Construct scope, String id, HandlerFunction.Common common, ServiceStack.Parts parts) {
        super(scope, id);
        var database = parts.database();
        var settings = new EnumMap<Setting, String>(database.settings(HandlerFunction.CODE_FOLDER));
        settings.put(Setting.DATABASE_OWNER_SECRET, database.owner().getSecretArn());
        for (var role : DatabaseRole.values()) {
            settings.put(role.migrationSetting(), database.secret(role).getSecretArn());
        }
        function = new HandlerFunction(
                this,
                "Migrate",
                common,
                new HandlerFunction.Props(
                        "migrate",
                        MigrateHandler.class,
                        "Migrates the database's schema and sets its roles' passwords",
                        TIMEOUT,
                        List.of(parts.network()),
                        settings));
        database.grantMigration(function.function());
        trigger = Trigger.Builder.create(this, "OnDeploy")
                .handler(function.function())
                .timeout(TIMEOUT)
                .build();
    }

    /// Keeps functions from going live on a schema that they do not know yet.
    public void runBefore(HandlerFunction... functions) {
        for (var dependent : functions) {
            trigger.executeBefore(dependent.live());
        }
    }

    /// Keeps MLflow from starting before it has its database.
    public void runBefore(TrackingServer tracking) {
        trigger.executeBefore(tracking.service());
    }

    /// The function that migrates.
    public HandlerFunction function() {
        return function;
    }
}

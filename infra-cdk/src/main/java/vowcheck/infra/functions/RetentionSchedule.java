package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.Network;
import vowcheck.infra.observation.UndeliveredEvents;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.RetentionHandler;

/// Makes the coming months' partitions of the predictions every day, and drops those that are older than the
/// stage keeps predictions.
public final class RetentionSchedule extends Construct {
    /// The longest that Lambda lets a function run: a run may wait for long queries to end.
    private static final Duration TIMEOUT = Duration.minutes(15);

    private final HandlerFunction retention;

    /// What the function works on.
    public record Resources(Network network, DatabaseServer database, UndeliveredEvents undelivered) {}

    public RetentionSchedule(Construct scope, String id, HandlerFunction.Common common, Resources resources) {
        super(scope, id);
        var stage = common.stage();
        retention = new HandlerFunction(
                this,
                "Retention",
                common,
                new HandlerFunction.Props(
                        "retention",
                        RetentionHandler.class,
                        RetentionHandler.SETTINGS,
                        "Makes the partitions of the predictions and drops those of months that are no longer kept",
                        TIMEOUT,
                        List.of(resources.network())));
        retention.set(Setting.STAGE, stage.name());
        retention.set(
                Setting.RETENTION_MONTHS,
                String.valueOf(stage.database().retention().months()));
        retention.worksAs(resources.database(), DatabaseRole.RETENTION);
        Rule.Builder.create(this, "Daily")
                .ruleName(stage.resourceName("daily-retention"))
                // When the fewest predictions are made; the drift check and the monthly training, which read the same
                // partitions, have ended.
                .description("Keeps the partitions of the predictions at 02:30 UTC")
                .schedule(Schedule.expression("cron(30 2 * * ? *)"))
                .targets(List.of(LambdaFunction.Builder.create(retention.live())
                        .deadLetterQueue(resources.undelivered().queue())
                        .build()))
                .build();
    }

    /// The function.
    public HandlerFunction function() {
        return retention;
    }
}

package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.lambda.EventInvokeConfigOptions;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.ExportHandler;

/// The function that writes exports of predictions to the bucket. The operators' function starts it.
public final class ExportFunction extends HandlerFunction {
    /// The longest that Lambda lets a function run.
    private static final Duration TIMEOUT = Duration.minutes(15);

    /// How long an event may wait for an environment; the least that Lambda takes.
    private static final Duration MOST_EVENT_AGE = Duration.minutes(1);

    /// What the function works on.
    public record Resources(Network network, DatabaseServer database, ModelBucket models) {}

    public ExportFunction(Construct scope, String id, Common common, Resources resources) {
        super(
                scope,
                id,
                common,
                new Props(
                        "export",
                        ExportHandler.class,
                        ExportHandler.SETTINGS,
                        "Writes the predictions of some days to a file for auditors",
                        TIMEOUT,
                        List.of(resources.network()),
                        Capacity.ofEnvironments(5),
                        Start.PLAIN));
        set(Setting.MODEL_BUCKET, resources.models().bucket().getBucketName());
        worksAs(resources.database(), DatabaseRole.AUDIT);
        resources.models().grantExportWrites(grantee());
        // By default, Lambda would run what has failed twice more, after people were told that it has failed.
        live().configureAsyncInvoke(EventInvokeConfigOptions.builder()
                .retryAttempts(0)
                .maxEventAge(MOST_EVENT_AGE)
                .build());
    }
}

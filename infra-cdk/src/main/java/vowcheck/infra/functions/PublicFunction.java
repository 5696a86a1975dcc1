package vowcheck.infra.functions;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.PublicHandler;

/// The function that answers whoever has neither a key nor a password: health, documentation, unknown paths. It is
/// outside the network and has no right but to write its log.
public final class PublicFunction extends HandlerFunction {
    /// Each request takes milliseconds, so this is more than the API lets through, except while environments start.
    private static final int MOST_AT_ONCE = 10;

    /// It reads no model, so its start needs less of a CPU.
    private static final int MEMORY_MB = 512;

    public PublicFunction(Construct scope, String id, Common common) {
        super(
                scope,
                id,
                common,
                new Props(
                        "public",
                        PublicHandler.class,
                        PublicHandler.SETTINGS,
                        "Answers without a key: health, docs, unknown paths",
                        Duration.seconds(10),
                        List.of(),
                        new Capacity(MEMORY_MB, MOST_AT_ONCE),
                        Start.PLAIN));
        set(Setting.STAGE, common.stage().name());
    }
}

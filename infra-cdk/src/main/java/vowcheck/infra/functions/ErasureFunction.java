package vowcheck.infra.functions;

import java.util.List;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.TombstoneSecret;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.ErasureHandler;

/// The function that erases what is stored about a person: the only one that may delete rows of the database and
/// objects that wait to be stored. It cannot read what it deletes.
public final class ErasureFunction extends HandlerFunction {
    /// What the function works on.
    public record Resources(Network network, DatabaseServer database, ModelBucket models, TombstoneSecret tombstones) {}

    public ErasureFunction(Construct scope, String id, Common common, Resources resources) {
        super(
                scope,
                id,
                common,
                new Props(
                        "erasure",
                        ErasureHandler.class,
                        ErasureHandler.SETTINGS,
                        "Erases what is stored about a person",
                        ANSWER_TIMEOUT,
                        List.of(resources.network()),
                        Capacity.ofEnvironments(5),
                        Start.PLAIN));
        set(Setting.STAGE, common.stage().name());
        set(Setting.DATABASE_BACKUPS, common.stage().database().backups().toString());
        set(
                Setting.RETENTION_MONTHS,
                String.valueOf(common.stage().database().retention().months()));
        worksAs(resources.database(), DatabaseRole.ERASURE);
        readsSecret(Setting.TOMBSTONE_KEY_SECRET, resources.tombstones().key());
        erasesUnlogged(resources.models());
    }
}

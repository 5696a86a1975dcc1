package vowcheck.infra.functions;

import java.util.List;
import software.constructs.Construct;
import vowcheck.adapters.settings.Setting;
import vowcheck.infra.data.AccessSecrets;
import vowcheck.infra.data.DatabaseRole;
import vowcheck.infra.data.DatabaseServer;
import vowcheck.infra.data.ModelBucket;
import vowcheck.infra.data.Network;
import vowcheck.infra.data.TombstoneSecret;
import vowcheck.infra.data.UnloggedQueues;
import vowcheck.infra.programs.HandlerFunction;
import vowcheck.lambda.ProcessMemory;
import vowcheck.lambda.ScoringHandler;

/// The function that answers the clerks' calls.
public final class ScoringFunction extends HandlerFunction {
    /// What the function works on.
    public record Resources(
            Network network,
            DatabaseServer database,
            ModelBucket models,
            UnloggedQueues unlogged,
            AccessSecrets access,
            TombstoneSecret tombstones) {}

    public ScoringFunction(Construct scope, String id, Common common, Resources resources) {
        super(
                scope,
                id,
                common,
                new Props(
                        "scoring",
                        ScoringHandler.class,
                        ScoringHandler.SETTINGS,
                        "Answers the clerks: predict, batch_predict, model-info",
                        ANSWER_TIMEOUT,
                        List.of(resources.network()),
                        Capacity.ofEnvironments(common.stage().limits().scoringEnvironments()),
                        Start.SNAPSHOT));
        ProcessMemory.VARIABLES.forEach(function()::addEnvironment);
        set(Setting.STAGE, common.stage().name());
        set(
                Setting.MODEL_REFRESH_AGE,
                common.stage().scoring().modelRefreshAge().toString());
        worksAs(resources.database(), DatabaseRole.SCORING);
        readsSecret(Setting.OPERATORS_SECRET, resources.access().operators());
        readsSecret(Setting.TOMBSTONE_KEY_SECRET, resources.tombstones().key());
        readsModels(resources.models());
        resources.models().grantKeyEndReads(grantee());
        sendsUnlogged(resources.unlogged(), resources.models());
        countsDeadLetters(resources.unlogged());
    }
}

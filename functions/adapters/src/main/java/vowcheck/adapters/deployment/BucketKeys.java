package vowcheck.adapters.deployment;

import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import vowcheck.core.clients.ClientName;
import vowcheck.core.export.ExportId;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.model.ModelVersion;
import vowcheck.core.model.Sha256;
import vowcheck.core.quality.DataReport;
import vowcheck.core.scoring.RequestId;
import vowcheck.core.scoring.RequestOrigin;
import vowcheck.core.workflow.TrainingCause;

/// The keys of the objects in the model bucket. The CDK app grants rights by these prefixes, the adapters read and
/// write below them.
public final class BucketKeys {
    /// The pointer to the model in production.
    public static final String POINTER = "production.json";

    /// Prefix of the model bundles: for each version a folder, in which each manifest's SHA-256 is a folder.
    public static final String MODELS = "models/";

    /// Prefix of the training workflow's objects: its lock, its unconfirmed promotion, its unfinished replay,
    /// the claims of causes, the answered rows, and one folder for each execution.
    public static final String TRAINING = "training/";

    /// The training workflow's lock.
    public static final String TRAINING_LOCK = TRAINING + "lock.json";

    /// The promotion that the training workflow has made and not yet confirmed.
    public static final String UNCONFIRMED_PROMOTION = TRAINING + "unconfirmed.json";

    /// The replay that has not ended yet.
    public static final String UNFINISHED_REPLAY = TRAINING + "replay.json";

    /// The prefix of the trainings that wait for approval.
    public static final String APPROVALS = TRAINING + "approvals/";

    /// Prefix of the claims, one object for each cause of a training.
    public static final String TRAINING_CLAIMS = TRAINING + "causes/";

    /// Prefix of the records of which labelled rows a training has answered, one object for each set of rows.
    public static final String ANSWERED_ROWS = TRAINING + "rows/";

    /// Prefix of the scored requests that are too large for one message of the queue.
    public static final String UNLOGGED = "unlogged/";

    /// Prefix of the exports, one folder for each.
    public static final String EXPORTS = "exports/";

    /// Prefix of the imports, one folder for each.
    public static final String IMPORTS = "imports/";

    /// Prefix of the reports on labelled rows: the last one of each occasion.
    public static final String DATA_REPORTS = "reports/data/";

    /// When clients' API keys end.
    public static final String KEY_ENDS = "clients/key-ends.json";

    /// The folder of MLflow's artifacts; without a slash at its end, as MLflow expects it.
    public static final String ARTIFACTS = "mlflow";

    private static final Pattern UNLOGGED_REQUEST =
            Pattern.compile(UNLOGGED + "(?<client>[^/]+)/(?<request>[A-Za-z0-9._-]{1,50})/[0-9a-f]{64}\\.json");

    private BucketKeys() {}

    /// A file of a model bundle. The key contains the manifest's hash, so that no bundle takes the place of another,
    /// whatever numbers the registry gives.
    public static String bundleFile(ModelIdentity model, String file) {
        return bundles(model.version()) + model.manifestHash().hex() + "/" + file;
    }

    /// A file of a bundle that was written before keys contained the manifest's hash.
    public static String legacyBundleFile(ModelVersion version, String file) {
        return bundles(version) + file;
    }

    /// The folder of a version's bundles.
    public static String bundles(ModelVersion version) {
        return MODELS + version.value() + "/";
    }

    /// Which execution trains, or has trained, for a cause.
    public static String claim(TrainingCause cause) {
        return TRAINING_CLAIMS + cause.name() + ".json";
    }

    /// What came of the training on some labelled rows.
    public static String answeredRows(Sha256 rows) {
        return ANSWERED_ROWS + rows.hex() + ".json";
    }

    /// What an execution of the training workflow trained.
    public static String outcome(String executionName) {
        return TRAINING + executionName + "/outcome.json";
    }

    /// Why a training task failed.
    public static String failure(String executionName) {
        return TRAINING + executionName + "/failure.json";
    }

    /// That a training waits for approval.
    public static String approval(String executionName) {
        return APPROVALS + executionName + ".json";
    }

    /// How far an export is.
    public static String exportState(ExportId id) {
        return exportState(id.value());
    }

    /// The states of the exports whose id matches a pattern.
    public static String exportState(String ids) {
        return EXPORTS + ids + "/state.json";
    }

    /// The predictions of an export.
    public static String exportFile(ExportId id) {
        return exportFile(id.value());
    }

    /// The predictions of the exports whose id matches a pattern.
    public static String exportFile(String ids) {
        return EXPORTS + ids + "/predictions.csv.gz";
    }

    /// The files of the imports whose id matches a pattern.
    public static String importFile(String ids) {
        return IMPORTS + ids + "/file";
    }

    /// What is to be done with the files of the imports whose id matches a pattern.
    public static String importOrder(String ids) {
        return IMPORTS + ids + "/order.json";
    }

    /// What became of the files of the imports whose id matches a pattern.
    public static String importReport(String ids) {
        return IMPORTS + ids + "/report.json";
    }

    /// The last report on labelled rows that were read on an occasion.
    public static String dataReport(DataReport.Occasion occasion) {
        return DATA_REPORTS + occasion.fieldValue() + ".json";
    }

    /// A scored request that is too large for one message of the queue. Two requests of a client may have the same id
    /// until one of them is stored.
    ///
    /// @param content SHA-256 of the object
    public static String unlogged(RequestOrigin origin, Sha256 content) {
        return unlogged(origin.client(), origin.requestId()) + content.hex() + ".json";
    }

    /// The request in whose folder an object is; empty where the key names none, as those of earlier builds.
    ///
    /// @param request makes the result of the request's client and id
    public static <T> Optional<T> unloggedRequest(String key, BiFunction<ClientName, RequestId, T> request) {
        var parts = UNLOGGED_REQUEST.matcher(key);
        return parts.matches() && ClientName.isName(parts.group("client"))
                ? Optional.of(
                        request.apply(new ClientName(parts.group("client")), new RequestId(parts.group("request"))))
                : Optional.empty();
    }

    /// The folder of a request's objects.
    public static String unlogged(ClientName client, RequestId requestId) {
        return UNLOGGED + client + "/" + requestId.value() + "/";
    }
}

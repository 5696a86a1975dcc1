package vowcheck.training.imports;

import static vowcheck.adapters.settings.Setting.IMPORT_ID;
import static vowcheck.adapters.settings.Setting.MODEL_BUCKET;
import static vowcheck.adapters.settings.Setting.TOMBSTONE_KEY_SECRET;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseAuthentication;
import vowcheck.adapters.postgres.PostgresLabelledRowsLoad;
import vowcheck.adapters.s3.S3DataReports;
import vowcheck.adapters.s3.S3Imports;
import vowcheck.adapters.s3.S3ModelStore;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.adapters.settings.Setting;
import vowcheck.adapters.settings.Settings;
import vowcheck.core.erasure.TombstoneKey;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.imports.ImportId;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ModelStoreUnavailable;
import vowcheck.core.model.UnusableModel;
import vowcheck.core.model.WritableModelStore;
import vowcheck.core.quality.DataProfile;
import vowcheck.core.quality.DataReport;
import vowcheck.core.quality.DataReports;
import vowcheck.core.workflow.WorkflowUnavailable;

/// The program of the import task: it loads the file of an import, and writes what became of it to `report.json`. It
/// exits with 0 when the order was carried out or the file was refused, which is an answer to whoever imports it, with
/// 1
/// when the import failed, and with 2 when a setting is missing or malformed.
public final class ImportMain {

    /// The settings that the program reads from its environment.
    public static final Set<Setting> SETTINGS =
            Setting.union(DatabaseAuthentication.SETTINGS, MODEL_BUCKET, TOMBSTONE_KEY_SECRET, IMPORT_ID);

    private static final Duration DATABASE_LIMIT = Duration.ofSeconds(60);

    private ImportMain() {}

    /// Imports once, as the environment specifies.
    public static void main(String[] arguments) {
        System.exit(run(System.getenv()));
    }

    private static int run(Map<String, String> environment) {
        try {
            var settings = new Settings(SETTINGS, environment);
            var id = new ImportId(settings.text(IMPORT_ID));
            var rows = new RowsImport(loads(settings), FeatureSchema.CURRENT, InstantSource.system());
            var s3 = AwsClients.s3();
            var bucket = settings.text(MODEL_BUCKET);
            var objects = new Objects(
                    new S3Imports(s3, bucket),
                    new S3ModelStore(s3, bucket, FeatureSchema.CURRENT),
                    new S3DataReports(s3, bucket));
            var report = run(rows, objects, id, InstantSource.system());
            System.err.println(report.message());
            return exitCode(report);
        } catch (WorkflowUnavailable e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (IllegalStateException | IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
    }

    /// A failure ends the task, its workflow's execution, and the sleep of whoever is on call; a wrong file does not.
    static int exitCode(ImportReport report) {
        return report.outcome() == ImportReport.Outcome.FAILED ? 1 : 0;
    }

    /// What the program reads and writes in the bucket.
    ///
    /// @param models has the model with whose rows those of the file are compared
    record Objects(S3Imports imports, WritableModelStore models, DataReports reports) {}

    /// Imports the file of an import, and keeps the reports: what became of the file and, unless it is
    /// refused, what its rows look like.
    static ImportReport run(RowsImport rows, Objects objects, ImportId id, InstantSource clock) {
        var imports = objects.imports();
        var order = ImportOrder.of(imports.order(id));
        var profile = new DataProfile(FeatureSchema.CURRENT, champion(objects.models()), Optional.empty());
        // Not closed: that would read the rest of a refused file, and the program ends here.
        var report = rows.run(
                imports.file(id),
                order,
                row -> profile.add(row.application().values(FeatureSchema.CURRENT), row.divorced(), row.date()));
        imports.writeReport(id, report.json());
        if (report.isSuccess()) {
            try {
                objects.reports().keep(profile.report(DataReport.Occasion.IMPORT, id.value(), clock.instant()));
            } catch (WorkflowUnavailable e) { // the rows are loaded
                System.err.println(e.getMessage());
            }
        }
        return report;
    }

    /// The model that serves; none also where it cannot be read, since rows are loaded all the same.
    private static Optional<ModelManifest> champion(WritableModelStore models) {
        try {
            return models.inProduction()
                    .map(pointer -> models.load(pointer.model()).manifest());
        } catch (ModelStoreUnavailable | UnusableModel e) {
            System.err.println("the rows are compared with no model: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static Supplier<PostgresLabelledRowsLoad> loads(Settings settings) {
        var secrets = new Secrets(AwsClients.secretsManager());
        var address = DatabaseAddress.from(settings);
        var login = DatabaseAuthentication.login(settings, secrets);
        var tombstones = settings.text(TOMBSTONE_KEY_SECRET);
        return () -> PostgresLabelledRowsLoad.begin(
                () -> address.connections(login.get(), DATABASE_LIMIT),
                FeatureSchema.CURRENT,
                () -> new TombstoneKey(secrets.text(tombstones)));
    }
}

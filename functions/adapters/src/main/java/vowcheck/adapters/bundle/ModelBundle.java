package vowcheck.adapters.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import vowcheck.adapters.tribuo.ReadableReleases;
import vowcheck.adapters.tribuo.TribuoModelFile;
import vowcheck.core.features.FeatureSchema;
import vowcheck.core.model.ModelManifest;
import vowcheck.core.model.ScoringModel;
import vowcheck.core.model.Sha256;
import vowcheck.core.model.UnusableModel;

/// The two files of a bundle, checked, and the model in them. Immutable. A bundle is a folder with the files
/// [#MANIFEST_FILE] and [#MODEL_FILE], both in the bucket and on disk. [ManifestJson] and [TribuoModelFile] read
/// their formats, which `model-artifacts/README.md` describes.
public final class ModelBundle {

    /// Name of the manifest within a bundle.
    public static final String MANIFEST_FILE = "manifest.json";

    /// Name of the Tribuo model within a bundle.
    public static final String MODEL_FILE = "model.pb";

    private final byte[] manifestBytes;
    private final byte[] modelBytes;
    private final ScoringModel scoringModel;

    private ModelBundle(byte[] manifestBytes, byte[] modelBytes, ScoringModel scoringModel) {
        this.manifestBytes = manifestBytes;
        this.modelBytes = modelBytes;
        this.scoringModel = scoringModel;
    }

    /// Opens a bundle from the bytes of its two files. The hash is checked before `model` is parsed.
    ///
    /// Throws [UnusableModel] unless the manifest is complete, names the hash of `model`, the releases that
    /// wrote it and features that are known, the model has just these features and the expected objective, and
    /// it answers the manifest's application as it did when it was made.
    ///
    /// @param known the features of this build
    /// @param readable the releases of XGBoost whose files this build reads
    public static ModelBundle open(byte[] manifest, byte[] model, FeatureSchema known, ReadableReleases readable) {
        var stated = ManifestJson.read(manifest, known);
        var found = Sha256.of(model);
        if (!found.equals(stated.file().hash())) {
            throw new UnusableModel("The SHA-256 of %s is %s, expected the manifest's %s"
                    .formatted(MODEL_FILE, found, stated.file().hash()));
        }
        readable.require("xgboost_version of the manifest", stated.file().xgboostVersion());
        var file = TribuoModelFile.read(model, stated.schema(), readable);
        require("xgboost_version", stated.file().xgboostVersion(), file.xgboostVersion());
        require("tribuo_version", stated.file().tribuoVersion(), file.tribuoVersion());
        var scoringModel = new ScoringModel(stated, Sha256.of(manifest), file.trees());
        scoringModel.requireSmoke();
        return new ModelBundle(manifest.clone(), model.clone(), scoringModel);
    }

    /// Opens a bundle with the releases that this build reads; throws as the other method does.
    public static ModelBundle open(byte[] manifest, byte[] model, FeatureSchema known) {
        return open(manifest, model, known, ReadableReleases.OF_THIS_BUILD);
    }

    /// A new bundle from a manifest and the model file that it describes; throws as [#open] does.
    public static ModelBundle of(ModelManifest manifest, byte[] model) {
        return open(ManifestJson.write(manifest), model, manifest.schema());
    }

    /// Opens the bundle in a directory; throws as [#open] does.
    public static ModelBundle read(Path directory, FeatureSchema known) throws IOException {
        return open(
                Files.readAllBytes(directory.resolve(MANIFEST_FILE)),
                Files.readAllBytes(directory.resolve(MODEL_FILE)),
                known);
    }

    private static void require(String field, String stated, String expected) {
        if (!stated.equals(expected)) {
            throw new UnusableModel("%s of the manifest is '%s', expected '%s'".formatted(field, stated, expected));
        }
    }

    /// The model, ready to score.
    public ScoringModel scoringModel() {
        return scoringModel;
    }

    /// The bundle's manifest.
    public ModelManifest manifest() {
        return scoringModel.manifest();
    }

    /// A copy of the manifest's bytes.
    public byte[] manifestBytes() {
        return manifestBytes.clone();
    }

    /// A copy of the model file's bytes.
    public byte[] modelBytes() {
        return modelBytes.clone();
    }

    /// Writes both files into a directory, which is created if necessary. The manifest comes last, so that a folder
    /// with a manifest is complete.
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve(MODEL_FILE), modelBytes);
        Files.write(directory.resolve(MANIFEST_FILE), manifestBytes);
    }
}

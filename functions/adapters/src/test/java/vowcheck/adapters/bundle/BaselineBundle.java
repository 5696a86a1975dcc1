package vowcheck.adapters.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The committed bundle, which model-artifacts/make-baseline.sh builds. The paths are relative to the directory
/// of a module, where Maven runs tests.
public final class BaselineBundle {

    public static final Path DIRECTORY = Path.of("../../model-artifacts/baseline");

    /// The same model with the manifest that was written before manifests listed their features.
    public static final Path WITHOUT_FEATURE_LIST = Path.of("../../model-artifacts/without-feature-list");

    private BaselineBundle() {}

    /// The bundle of the same training by a release of XGBoost: the committed bundle, if that release wrote it.
    public static Path trainedBy(String xgboostVersion) {
        var folder = DIRECTORY.resolveSibling("xgboost-" + xgboostVersion);
        return Files.exists(folder) ? folder : DIRECTORY;
    }

    public static byte[] manifest() {
        return bytes(ModelBundle.MANIFEST_FILE);
    }

    public static byte[] model() {
        return bytes(ModelBundle.MODEL_FILE);
    }

    private static byte[] bytes(String file) {
        try {
            return Files.readAllBytes(DIRECTORY.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

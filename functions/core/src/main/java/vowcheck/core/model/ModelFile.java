package vowcheck.core.model;

/// The model file that stands beside a manifest, and the software that made it.
///
/// @param hash SHA-256 of the file
/// @param tribuoVersion the Tribuo release that wrote the file, such as `4.3.2`
/// @param xgboostVersion the XGBoost release that trained the trees, such as `3.0.4`
public record ModelFile(Sha256 hash, String tribuoVersion, String xgboostVersion) {

    public ModelFile {
        if (tribuoVersion.isBlank()) {
            throw new IllegalArgumentException("the Tribuo version is blank");
        }
        if (xgboostVersion.isBlank()) {
            throw new IllegalArgumentException("the XGBoost version is blank");
        }
    }
}

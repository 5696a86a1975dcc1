package vowcheck.training.imports;

/// A file that cannot be read as what it should be. The message says where and why, and contains no value.
final class ImportRefused extends RuntimeException {

    ImportRefused(String message) {
        super(message);
    }
}

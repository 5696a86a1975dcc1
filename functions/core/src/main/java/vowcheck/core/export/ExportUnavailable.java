package vowcheck.core.export;

/// Something that an export needs does not answer; the same export may succeed later.
public final class ExportUnavailable extends RuntimeException {

    public ExportUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}

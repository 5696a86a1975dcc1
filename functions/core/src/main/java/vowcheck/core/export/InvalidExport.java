package vowcheck.core.export;

/// An order of an export is refused; the message names the field, the value and what was expected.
public final class InvalidExport extends RuntimeException {

    public InvalidExport(String message) {
        super(message);
    }
}

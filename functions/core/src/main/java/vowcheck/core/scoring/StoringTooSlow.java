package vowcheck.core.scoring;

/// The log did not store the rows of a request within the time that so many rows may take. It may be well, only slow:
/// one row may be stored in time meanwhile.
public final class StoringTooSlow extends PredictionsUnavailable {

    public StoringTooSlow(int rows, Throwable cause) {
        super("%d rows were not stored in time".formatted(rows), cause);
    }
}

package vowcheck.core.retention;

/// Other statements hold the locks that a change of the partitions needs. The next run tries again.
public final class PartitionsLocked extends RuntimeException {

    public PartitionsLocked(String message) {
        super(message);
    }
}

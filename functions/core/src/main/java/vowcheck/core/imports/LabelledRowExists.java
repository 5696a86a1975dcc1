package vowcheck.core.imports;

/// A row has the index of one that is in the table already, or was added before it.
public final class LabelledRowExists extends RuntimeException {

    private final long line;

    /// @param line where the row stands in its file
    public LabelledRowExists(long line, Throwable cause) {
        super("the row in line %d has the index of another one".formatted(line), cause);
        this.line = line;
    }

    /// Where the row stands in its file.
    public long line() {
        return line;
    }
}

package vowcheck.core.imports;

/// Port: one load of labelled rows into their table, of which all rows take effect together or none does. Rows of
/// loans that were erased are left out. Methods throw [LabelledRowsUnavailable] when the store does not answer,
/// and [LabelledRowExists] for a row whose index is there already; then nothing else can be added. Not
/// thread-safe.
public interface LabelledRowsLoad extends AutoCloseable {

    /// Adds a row; it may be sent later, with others.
    ///
    /// @param line where the row stands in its file, from 1
    void add(long line, LabelledRow row);

    /// Sends the rows that were not sent yet.
    void flush();

    /// Makes the rows visible to everybody. Without it, nothing of the load remains.
    void commit();

    /// How many rows were sent and not left out.
    long rows();

    /// How many rows were left out, since their loans were erased.
    long erased();

    /// Takes back what is not committed.
    @Override
    void close();
}

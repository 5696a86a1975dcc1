package vowcheck.bench;

/// How many rows the log of predictions has, and how large it is on disk.
///
/// @param rows scored applications
/// @param bytes of all its tables, with their indexes
record LogSize(long rows, long bytes) {

    LogSize minus(LogSize before) {
        return new LogSize(rows - before.rows, bytes - before.bytes);
    }
}

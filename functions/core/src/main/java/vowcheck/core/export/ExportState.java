package vowcheck.core.export;

import java.time.Instant;

/// How far an export is.
public sealed interface ExportState {

    /// The task writes the file.
    ///
    /// @param since when it was ordered
    record Running(Instant since) implements ExportState {}

    /// The file is complete.
    ///
    /// @param rows the number of its rows, without the header
    /// @param bytes its size, compressed
    record Done(long rows, long bytes) implements ExportState {}

    /// There is no file.
    ///
    /// @param reason why, for the person who ordered it
    record Failed(String reason) implements ExportState {}
}

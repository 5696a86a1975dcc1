package vowcheck.core.export;

import java.util.function.Consumer;

/// Port: the stored predictions as CSV.
public interface ExportedRows {

    /// Passes on a header and the rows of these days in pieces; only the header where there are none. Throws
    /// [ExportUnavailable], and what `csv` throws.
    ///
    /// @return the number of rows
    long read(ExportRange range, Consumer<byte[]> csv);
}

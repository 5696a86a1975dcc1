package vowcheck.core.training;

import java.time.LocalDate;

/// Port: the stored labelled rows. Methods throw [LabelledRowsUnavailable] when the store does not
/// answer, or stops halfway.
public interface LabelledRowsTable {

    /// The rows dated before a day, in time order: by date, then by index. They are one consistent snapshot.
    LabelledRows before(LocalDate cutoff);

    /// Where the rows come from, in words; generated rows are called synthetic.
    String origin();
}

package vowcheck.core.training;

import java.time.LocalDate;

/// Port: the stored labelled rows. Methods throw [LabelledRowsUnavailable] when the store does not answer
/// to the end.
public interface LabelledRowsTable {

    /// The rows dated before a day, ordered by date, then by index; all of them as of one moment.
    LabelledRows before(LocalDate cutoff);

    /// Where the rows come from, in words; generated rows are called synthetic.
    String origin();
}

package vowcheck.core.imports;

import java.time.LocalDate;
import java.util.Optional;
import vowcheck.core.features.Application;
import vowcheck.core.scoring.LoanId;

/// One labelled applicant, complete and within bounds.
///
/// @param index identifies the row in its table
/// @param divorced whether the applicant divorced within one month after the loan
/// @param date the day of the application
/// @param loanId by which the row can be erased, if it is known
public record LabelledRow(
        long index,
        Application application,
        boolean divorced,
        LocalDate date,
        Optional<LoanId> loanId,
        LabelledRowSource source) {

    /// The index's name in SQL and in files.
    public static final String INDEX_FIELD = "index";

    /// The label's name in SQL and in files.
    public static final String LABEL_FIELD = "Divorce";

    /// Names the type only: an applicant's data stays out of logs.
    @Override
    public String toString() {
        return "LabelledRow[…]";
    }
}

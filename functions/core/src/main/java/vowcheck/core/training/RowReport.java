package vowcheck.core.training;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Locale;

/// What a check of labelled rows found. It contains no value of a row.
///
/// @param rows how many rows were checked
/// @param faultyRows how many of them have at least one fault
/// @param faults by field in the order of the rows' features, the date last: at most three for each feature and two
///     for the date
public record RowReport(int rows, int faultyRows, List<Fault> faults) {

    public RowReport {
        faults = List.copyOf(faults);
    }

    /// Every fault, in words.
    public String inWords() {
        return faults.stream().map(Fault::inWords).collect(joining("; "));
    }

    /// One kind of fault in one field.
    ///
    /// @param field the feature, or `Date`
    /// @param problem what the field is, in words that follow "is"
    /// @param rows how many rows have the fault, at least 1
    /// @param firstIndex the index of the first of them in time order
    public record Fault(String field, String problem, int rows, long firstIndex) {

        /// Such as `Age_Days of 12 rows is negative, expected 0 or more, first index 4`.
        public String inWords() {
            return rows == 1
                    ? "%s of 1 row is %s, index %d".formatted(field, problem, firstIndex)
                    : String.format(
                            Locale.ROOT, "%s of %,d rows is %s, first index %d", field, rows, problem, firstIndex);
        }
    }
}

package vowcheck.core.model;

import java.time.LocalDate;

/// Which labelled rows a model was made with. Equal rows have an equal digest.
///
/// @param count how many rows there were, at least 1
/// @param newest the date of the newest row
/// @param digest SHA-256 over the rows in time order: index, date, label and the values of the features that any
///     of them has
/// @param leftOut how many more rows there were, which were left out because of faults
public record TrainedRows(int count, LocalDate newest, Sha256 digest, int leftOut) {

    public TrainedRows {
        if (count < 1) {
            throw new IllegalArgumentException("%d labelled rows, expected at least 1".formatted(count));
        }
        if (leftOut < 0) {
            throw new IllegalArgumentException("%d rows left out, expected 0 or more".formatted(leftOut));
        }
    }
}

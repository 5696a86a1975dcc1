package vowcheck.training.search;

import vowcheck.core.training.InsufficientRows;
import vowcheck.core.training.LabelledRows;
import vowcheck.core.training.People;

/// One fold of a search: it validates on rows that are newer than those it is fitted on, and on people whom these do
/// not have. The same holds for the rows that say when to stop adding trees.
///
/// @param fitted the trees are fitted on these rows
/// @param stopping newer than those
/// @param validated newer than both
record TimeFold(LabelledRows fitted, LabelledRows stopping, LabelledRows validated) {

    /// How many folds a search has.
    static final int FOLDS = 3;

    private static final int STOPPING_PART = 10;

    /// Throws [InsufficientRows] unless each part has rows of both labels.
    TimeFold {
        requireBothLabels("fit", fitted);
        requireBothLabels("stop", stopping);
        requireBothLabels("validate", validated);
    }

    /// A fold of rows in time order. The rows are cut into four parts; each but the first validates what was fitted on
    /// the parts before it, without the people of the part.
    ///
    /// @param fold from 1, the oldest, to [#FOLDS]
    static TimeFold of(LabelledRows rows, int fold) {
        var validated = rows.range(place(rows, fold), place(rows, fold + 1));
        var strangers = People.of(validated).removedFrom(rows.range(0, place(rows, fold)));
        int from = strangers.size() - Math.ceilDiv(strangers.size(), STOPPING_PART);
        var stopping = strangers.range(from, strangers.size());
        return new TimeFold(People.of(stopping).removedFrom(strangers.range(0, from)), stopping, validated);
    }

    private static int place(LabelledRows rows, int part) {
        return Math.toIntExact((long) rows.size() * part / (FOLDS + 1));
    }

    private static void requireBothLabels(String purpose, LabelledRows rows) {
        int positives = rows.positives();
        if (positives == 0 || positives == rows.size()) {
            throw new InsufficientRows(
                    "%d rows to %s a fold of a search, %d of them divorced, expected some of both labels"
                            .formatted(rows.size(), purpose, positives));
        }
    }
}

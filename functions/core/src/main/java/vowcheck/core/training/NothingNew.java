package vowcheck.core.training;

import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import vowcheck.core.model.TrainedRows;
import vowcheck.core.training.PromotionDecision.Verdict;

/// A training because of drift that trained nothing: the labelled rows are those of an earlier training, and the
/// same rows would give the same model again.
///
/// @param labelledRows the rows before the cutoff
/// @param dataCutoffDate the cutoff
/// @param answer what came of the earlier training
public record NothingNew(TrainedRows labelledRows, LocalDate dataCutoffDate, RowsAnswer answer)
        implements TrainingResult {

    /// The decision that follows.
    public PromotionDecision decision() {
        return new PromotionDecision(
                Verdict.NOTHING_NEW,
                List.of(
                        String.format(
                                Locale.ROOT,
                                "the %,d labelled rows before %s are those that version %s was trained on by the execution"
                                        + " %s; %s",
                                labelledRows.count(),
                                dataCutoffDate,
                                answer.model().version(),
                                answer.execution(),
                                answer.standing().inWords()),
                        switch (answer.standing()) {
                            case AWAITING_APPROVAL -> "approve or reject it, or load newer labelled rows to retrain";
                            case PROMOTED, KEPT, NOT_COMPARABLE -> "load newer labelled rows to retrain";
                        }));
    }
}

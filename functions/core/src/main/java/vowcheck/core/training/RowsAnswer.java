package vowcheck.core.training;

import java.time.LocalDate;
import vowcheck.core.model.ModelIdentity;
import vowcheck.core.training.PromotionDecision.Verdict;

/// What came of a training on some labelled rows.
///
/// @param model the one that was made with these rows
/// @param cutoff of the training
/// @param execution the name of the workflow's execution
/// @param verdict what was decided about the model, and stands: promoted, kept, or not comparable with its champion
public record RowsAnswer(ModelIdentity model, LocalDate cutoff, String execution, Verdict verdict) {

    public RowsAnswer {
        if (verdict == Verdict.NOTHING_NEW) {
            throw new IllegalArgumentException("verdict %s, expected one about a model".formatted(verdict));
        }
    }
}

package vowcheck.core.workflow;

import java.util.Optional;
import vowcheck.core.model.Sha256;
import vowcheck.core.training.RowsAnswer;

/// Port: which labelled rows a training has answered, by their digest. Every method throws [WorkflowUnavailable]
/// when the store does not answer.
public interface AnsweredRows {

    /// What came of the last training on these rows whose decision stands or waits for a person; empty where there was
    /// none, and where the record of it cannot be read.
    Optional<RowsAnswer> answer(Sha256 rows);

    /// Records what came of a training.
    void keep(Sha256 rows, RowsAnswer answer);

    /// No training has answered these rows; harmless if none has.
    void forgetAnswer(Sha256 rows);
}

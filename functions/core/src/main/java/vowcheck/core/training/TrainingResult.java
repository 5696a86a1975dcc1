package vowcheck.core.training;

/// What a training task leaves for the rest of the workflow: a challenger, or the reason why it trained none.
public sealed interface TrainingResult permits Outcome, NothingNew {}

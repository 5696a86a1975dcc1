package vowcheck.launcher;

import vowcheck.adapters.deployment.StackOutput;

/// The state machines of a stage that train.
public enum WorkflowKind {
    /// Twelve trainings in a row.
    REPLAY("replay", StackOutput.REPLAY_STATE_MACHINE_ARN),
    TRAINING("training", StackOutput.TRAINING_STATE_MACHINE_ARN);

    private final String word;
    private final StackOutput machine;

    WorkflowKind(String word, StackOutput machine) {
        this.word = word;
        this.machine = machine;
    }

    /// Its name for people.
    public String word() {
        return word;
    }

    StackOutput machine() {
        return machine;
    }
}

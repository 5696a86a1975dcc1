package vowcheck.core.workflow;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.Locale;

/// The steps of the training workflow that its function carries out. The training itself runs in a container.
public enum WorkflowStep {
    /// Checks the request, claims its cause and takes the lock.
    BEGIN,
    /// Compares challenger and champion, and promotes the challenger where it is better.
    PROMOTE,
    /// Records that the training waits for a person's approval.
    AWAIT_APPROVAL,
    /// Keeps the champion, since nobody has approved of the challenger.
    REFUSE,
    /// Confirms a promotion by a smoke call.
    SMOKE,
    /// Takes back an unconfirmed promotion and releases the lock.
    RESTORE,
    /// Releases the lock.
    RELEASE,
    /// Takes the lock for a replay, and records what serves.
    BEGIN_REPLAY,
    /// Puts back what served before a replay, where it was started so, and releases the lock.
    END_REPLAY;

    /// The step's name in the state machine's events, such as `begin`.
    public String fieldValue() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The step of that name. Throws [IllegalArgumentException] for an unknown name.
    public static WorkflowStep of(String fieldValue) {
        return Arrays.stream(values())
                .filter(step -> step.fieldValue().equals(fieldValue))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("step '%s', expected %s or %s"
                        .formatted(
                                fieldValue,
                                Arrays.stream(values())
                                        .limit(values().length - 1L)
                                        .map(WorkflowStep::fieldValue)
                                        .collect(joining(", ")),
                                values()[values().length - 1].fieldValue())));
    }
}

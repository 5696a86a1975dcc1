package vowcheck.core.workflow;

/// One execution of the training workflow or of its replay, by its ARN or by its bare name.
///
/// @param id the ARN or the name
public record Execution(String id) {

    /// The last part of the name of the training's state machine.
    public static final String TRAINING = "training";

    /// The last part of the name of the replay's state machine.
    public static final String REPLAY = "replay";

    public Execution {
        if (name(id).isBlank()) {
            throw new IllegalArgumentException("execution '%s', expected an ARN or a name".formatted(id));
        }
    }

    /// The last part of the ARN. It is unique within the state machine and occurs in object keys.
    public String name() {
        return name(id);
    }

    /// Whether it runs many trainings in a row.
    public boolean isReplay() {
        return workflow().equals(REPLAY);
    }

    /// The execution of the same name and workflow in the stage of `asking`.
    Execution inStageOf(Execution asking) {
        var machine = asking.machine();
        if (machine.isEmpty()) {
            return new Execution(name());
        }
        var stage = machine.substring(0, machine.length() - asking.workflow().length());
        return new Execution(stage + (isReplay() ? REPLAY : TRAINING) + ":" + name());
    }

    private String workflow() {
        var machine = machine();
        return machine.substring(Math.max(machine.lastIndexOf('-'), machine.lastIndexOf(':')) + 1);
    }

    /// Everything before the name; empty for a bare name.
    private String machine() {
        return id.substring(0, Math.max(0, id.lastIndexOf(':')));
    }

    private static String name(String id) {
        return id.substring(id.lastIndexOf(':') + 1);
    }
}

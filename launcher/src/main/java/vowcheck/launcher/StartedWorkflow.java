package vowcheck.launcher;

import java.time.Instant;
import vowcheck.adapters.deployment.StageName;
import vowcheck.core.workflow.Execution;

/// An execution of one of the state machines of a stage that train.
public record StartedWorkflow(StageName stage, WorkflowKind kind, Execution execution, Instant since) {

    /// The command that follows it.
    public String followCommand() {
        return followCommand(stage, execution.name());
    }

    /// What it is and since when, such as `a training is running since 2026-11-26 13:05:12`.
    public String sentence() {
        return "a %s is running since %s".formatted(kind.word(), RunState.onTheClock(since));
    }

    /// Why another one cannot start while this one runs.
    String refusal() {
        return refusal(stage, sentence(), execution.name());
    }

    /// The same for one of which less is known.
    static String refusal(StageName stage, String sentence, String name) {
        return "%s: follow it with %s, and start again when it has ended"
                .formatted(sentence, followCommand(stage, name));
    }

    private static String followCommand(StageName stage, String name) {
        return "./vowcheck follow " + name + stage.option();
    }
}

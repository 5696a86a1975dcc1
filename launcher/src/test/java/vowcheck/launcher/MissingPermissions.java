package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import vowcheck.launcher.RecordedDecisions.Use;

/// Permissions that a role of a running system lacks until this is closed.
final class MissingPermissions implements AutoCloseable {

    /// How long a call may take until it is denied: the last one of a training comes at its end.
    private static final Duration DENIAL = Duration.ofMinutes(2);

    private final IdleAuthorizer authorizer;
    private final StagePrograms programs;
    private final RolePolicies policies;
    private final RecordedDecisions decisions;
    private final Use denied;
    private final List<String> functions;
    private final List<RolePolicies.Removal> removals = new ArrayList<>();

    /// @param program a function or task
    /// @param actions the last of them is the one whose denial counts
    MissingPermissions(LocalSystem system, String program, String... actions) {
        this(system, program, List.of(actions));
    }

    private MissingPermissions(LocalSystem system, String program, List<String> actions) {
        this(system, new Use(role(system, program), actions.getLast()), actions, List.of(program));
    }

    /// @param functions that must forget what they know, such as secrets
    MissingPermissions(LocalSystem system, Use permission, List<String> functions) {
        this(system, permission, List.of(permission.action()), functions);
    }

    private MissingPermissions(LocalSystem system, Use denied, List<String> actions, List<String> functions) {
        authorizer = new IdleAuthorizer(system);
        programs = new StagePrograms(system);
        policies = new RolePolicies(system);
        decisions = new RecordedDecisions(system);
        this.denied = denied;
        this.functions = functions;
        assertThat(decisions.refused()).as("refused before").doesNotContain(denied);
        actions.forEach(action -> removals.addFirst(policies.without(denied.role(), action)));
        forget();
    }

    private static String role(LocalSystem system, String program) {
        try (var programs = new StagePrograms(system)) {
            return programs.role(program);
        }
    }

    /// Waits until the call that needs the permission is denied.
    void awaitDenial() {
        await("%s is refused %s".formatted(denied.role(), denied.action()))
                .atMost(DENIAL)
                .until(decisions::refused, refused -> refused.contains(denied));
    }

    /// Waits for a text in the log of the function or task.
    void awaitLogged(String text) {
        var program = functions.getFirst();
        await("'%s' in the log of %s".formatted(text, program))
                .atMost(DENIAL)
                .until(() -> programs.hasLogged(program, text));
    }

    /// What the function answers to an empty event.
    String invoke() {
        return programs.invoke(functions.getFirst());
    }

    /// An environment that runs remembers its secrets, and API Gateway what the authorizer has answered.
    private void forget() {
        functions.forEach(programs::end);
        authorizer.forgetAnswers();
    }

    @Override
    public void close() {
        removals.forEach(RolePolicies.Removal::close);
        forget();
        policies.close();
        programs.close();
    }
}

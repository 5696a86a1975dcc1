package vowcheck.launcher.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import vowcheck.launcher.DeployedStage;
import vowcheck.launcher.Deployment;
import vowcheck.launcher.DriftCommands;
import vowcheck.launcher.LocalFolder;
import vowcheck.launcher.OperatorLogin;
import vowcheck.launcher.Report;
import vowcheck.launcher.RunState;
import vowcheck.launcher.Style;
import vowcheck.launcher.TrainingCommands;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.Progress;

/// What a command works with: the local system, its surroundings, and where it writes. Not thread-safe.
final class Invocation {

    /// The user's settings, which git ignores.
    static final Path ENV = Path.of(".env");

    private final LocalFolder folder;
    private final Path caller;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final Instant begun;
    private final PrintStream out;
    private final PrintStream errors;
    private boolean usesStage;

    /// @param caller the folder from which the user called `./vowcheck`
    /// @param begun when the user called it
    Invocation(
            LocalFolder folder,
            Path caller,
            Map<String, String> environment,
            InstantSource clock,
            Instant begun,
            PrintStream out,
            PrintStream errors) {
        this.folder = folder;
        this.caller = caller;
        this.environment = Map.copyOf(environment);
        this.clock = clock;
        this.begun = begun;
        this.out = out;
        this.errors = errors;
    }

    /// The same with other outputs.
    Invocation writingTo(PrintStream other) {
        return new Invocation(folder, caller, environment, clock, begun, other, other);
    }

    LocalFolder folder() {
        return folder;
    }

    Map<String, String> environment() {
        return environment;
    }

    InstantSource clock() {
        return clock;
    }

    /// For results.
    PrintStream out() {
        return out;
    }

    PrintStream errors() {
        return errors;
    }

    Style style() {
        return Style.of(environment);
    }

    /// For the steps of a command whose result is text.
    Progress progress() {
        return report(false).progress();
    }

    Report report(boolean json) {
        return new Report(out, errors, style(), json, clock, begun);
    }

    /// A file that the user has named.
    Path file(Path name) {
        return caller.resolve(name);
    }

    /// The deployed stage of a system that runs; throws [CommandFailed] where it does not.
    DeployedStage stage() {
        var state = RunState.of(folder);
        var endpoint = state.endpoint()
                .filter(_ -> folder.outputs().toFile().exists())
                .orElseThrow(() -> new CommandFailed(state.sentence()));
        usesStage = true;
        return new DeployedStage(Deployment.read(folder.outputs()), endpoint);
    }

    /// Whether the stage was in use and does not run any more: that is then why the command has failed.
    boolean hasLostStage() {
        return usesStage && !RunState.of(folder).runs();
    }

    /// The local operator; throws [CommandFailed] before the first `up` has made one.
    OperatorLogin operator() {
        return OperatorLogin.find(ENV, folder.operator())
                .orElseThrow(() -> new CommandFailed("there is no operator yet: run ./vowcheck up"));
    }

    TrainingCommands training(boolean json) {
        return new TrainingCommands(folder, stage(), report(json));
    }

    DriftCommands drift(boolean json) {
        return new DriftCommands(stage(), report(json));
    }
}

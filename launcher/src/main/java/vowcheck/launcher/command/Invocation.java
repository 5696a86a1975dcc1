package vowcheck.launcher.command;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import vowcheck.launcher.DeployedStage;
import vowcheck.launcher.Deployment;
import vowcheck.launcher.LocalFolder;
import vowcheck.launcher.OperatorLogin;
import vowcheck.launcher.TrainingCommands;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.Progress;

/// What a command works with: the local system, its surroundings, and where it writes.
///
/// @param caller the folder from which the user called `./vowcheck`: files are named from there
/// @param environment the environment variables
/// @param progress for the steps of a command that takes long
/// @param out for results
record Invocation(
        LocalFolder folder,
        Path caller,
        Map<String, String> environment,
        InstantSource clock,
        Progress progress,
        PrintStream out) {

    /// The user's settings, which git ignores.
    static final Path ENV = Path.of(".env");

    /// The deployed stage; throws [CommandFailed] if there is none.
    DeployedStage stage() {
        var endpoint = endpoint();
        if (endpoint == null) {
            throw new CommandFailed("nothing is started yet: run ./vowcheck up");
        }
        return new DeployedStage(Deployment.read(folder.outputs()), endpoint);
    }

    /// Where AWS's services answer; null if the system was never started.
    @Nullable
    URI endpoint() {
        var url = environment.get("AWS_ENDPOINT_URL");
        return url == null ? null : URI.create(url);
    }

    /// The local operator; throws [CommandFailed] before the first `up` has made one.
    OperatorLogin operator() {
        return OperatorLogin.find(ENV, folder.operator())
                .orElseThrow(() -> new CommandFailed("there is no operator yet: run ./vowcheck up"));
    }

    TrainingCommands training() {
        return new TrainingCommands(stage(), progress, out);
    }
}

package vowcheck.launcher.command;

import java.io.Console;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.ApiAddress;
import vowcheck.launcher.DeployedStage;
import vowcheck.launcher.LocalFolder;
import vowcheck.launcher.OperatorLogin;
import vowcheck.launcher.Report;
import vowcheck.launcher.RunState;
import vowcheck.launcher.StageStacks;
import vowcheck.launcher.StageStatus;
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
    private boolean usesSystem;
    private boolean usesAws;

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

    /// Whether a stage is that of the local system in the folder. Others are known from AWS's APIs alone; so is a local
    /// stage that is named where the folder has no system but the environment has an endpoint.
    boolean isOfSystem(StageOption stage) {
        return stage.given()
                .filter(name -> name != StageName.LOCAL || (awsEndpoint().isPresent() && !folder.hasSystem()))
                .isEmpty();
    }

    /// The stage that a command works on; throws [CommandFailed] where it is that of a local system which does not run.
    DeployedStage stage(StageOption option) {
        return isOfSystem(option) ? systemsStage() : awsStage(option.given().orElseThrow());
    }

    /// The same for a command that changes it. On AWS, it is first said which one that is.
    DeployedStage stageToChange(StageOption option) {
        var stage = stage(option);
        if (!isOfSystem(option)) {
            errors.printf("on %s: %s%n", stage.place(), stage.apiUrl());
        }
        return stage;
    }

    /// The stage of a local system that runs; throws [CommandFailed] where it does not.
    DeployedStage systemsStage() {
        var state = RunState.of(folder);
        var endpoint = state.endpoint()
                .filter(_ -> folder.outputs().toFile().exists())
                .orElseThrow(() -> new CommandFailed(state.sentence()));
        usesSystem = true;
        return DeployedStage.local(folder, endpoint);
    }

    private DeployedStage awsStage(StageName name) {
        return awsStage(name, stacks(name));
    }

    private StageStacks stacks(StageName name) {
        usesAws = true;
        return StageStacks.of(name);
    }

    private DeployedStage awsStage(StageName name, StageStacks stacks) {
        var deployment = stacks.deployment();
        var address = awsEndpoint()
                .<ApiAddress>map(endpoint -> new ApiAddress.AtEndpoint(deployment, endpoint))
                .orElseGet(() -> new ApiAddress.OnAws(deployment));
        return new DeployedStage(name, deployment, address);
    }

    /// The state of a stage that is not that of the local system.
    StageStatus stageStatus(StageOption option) {
        var name = option.given().orElseThrow();
        var stacks = stacks(name);
        return new StageStatus(awsStage(name, stacks), stacks, knownOperator(option));
    }

    /// Where AWS's services answer instead of at AWS.
    Optional<URI> awsEndpoint() {
        return Optional.ofNullable(environment.get("AWS_ENDPOINT_URL"))
                .filter(endpoint -> !endpoint.isBlank())
                .map(URI::create);
    }

    /// Whether a local system was in use and does not run any more: that is then why the command has failed.
    boolean hasLostSystem() {
        return usesSystem && !RunState.of(folder).runs();
    }

    /// Whether AWS's services were called with the caller's credentials, which may be why the command has failed.
    boolean usesAws() {
        return usesAws;
    }

    /// The login of an operator; throws [CommandFailed] where there is none and nobody can be asked.
    OperatorLogin operator(StageOption option) {
        return knownOperator(option).orElseGet(() -> {
            if (isOfSystem(option)) {
                throw new CommandFailed("there is no operator yet: run ./vowcheck up");
            }
            return askedOperator(option.given().orElseThrow());
        });
    }

    /// The same, where nobody is asked.
    Optional<OperatorLogin> knownOperator(StageOption option) {
        return isOfSystem(option)
                ? OperatorLogin.find(ENV, folder.operator())
                : OperatorLogin.ofStage(option.given().orElseThrow(), environment, ENV);
    }

    private OperatorLogin askedOperator(StageName stage) {
        var console = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .orElseThrow(() -> new CommandFailed("an operator's login for the stage %s is missing: %s"
                        .formatted(stage.value(), OperatorLogin.places(stage))));
        var user = console.readLine("operator of the stage %s: ", stage.value());
        var password = console.readPassword("password: ");
        if (user == null || password == null) {
            throw new CommandFailed("nobody has logged in: nothing was done");
        }
        return new OperatorLogin(user.strip(), String.valueOf(password));
    }

    /// The trainings of a stage.
    ///
    /// @param option that has named the stage
    TrainingCommands training(DeployedStage target, StageOption option, boolean json) {
        boolean ofSystem = isOfSystem(option);
        return new TrainingCommands(
                target,
                knownOperator(option).map(OperatorLogin::user),
                report(json),
                () -> ofSystem && !RunState.of(folder).runs());
    }
}

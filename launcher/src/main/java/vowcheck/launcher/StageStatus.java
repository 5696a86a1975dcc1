package vowcheck.launcher;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import vowcheck.adapters.deployment.DeployedStack;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.TextTable.Cell;
import vowcheck.launcher.setup.CommandFailed;

/// The state of a stage on AWS, as its stacks, its API, its alarms and its workflows tell it. It shows no secrets: on
/// AWS, whoever may read them finds them in Secrets Manager.
public final class StageStatus {

    /// Of a stack whose last deployment has succeeded.
    private static final List<String> DEPLOYED =
            List.of("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS", "IMPORT_COMPLETE");

    private static final String MLFLOW = "mlflow";

    private final DeployedStage stage;
    private final Optional<OperatorLogin> operator;
    private final ServiceChecks checks;
    private final Map<String, String> access = new LinkedHashMap<>();
    private List<String> alarms = List.of();
    private Optional<RunningTraining> training = Optional.empty();
    private List<WaitingTraining> waiting = List.of();

    /// Asks everything. Throws [CommandFailed] when the stage is not deployed.
    ///
    /// @param operator without whom what predictions need and MLflow are not asked
    public StageStatus(DeployedStage stage, StageStacks stacks, Optional<OperatorLogin> operator) {
        this(stage, stacks, operator, () -> RaisedAlarms.of(stage.name()));
    }

    /// @param raised the names of the alarms that are raised
    StageStatus(
            DeployedStage stage, StageStacks stacks, Optional<OperatorLogin> operator, Supplier<List<String>> raised) {
        this.stage = stage;
        this.operator = operator;
        this.checks = new ServiceChecks(services(operator.isPresent()));
        boolean mlflow = stage.deployment()
                .find(StackOutput.MLFLOW_STATE)
                .filter(StackOutput.DOWN::equals)
                .isEmpty();
        if (!mlflow) {
            checks.off(
                    MLFLOW,
                    "./vowcheck mlflow up --stage %s brings it up"
                            .formatted(stage.name().value()));
        }
        tellAccess();
        // What one question waits for, another one does meanwhile.
        try (var threads = ServiceChecks.threads()) { // whose end waits for all of them
            for (var stack : DeployedStack.values()) {
                threads.execute(() -> checks.check(service(stack), () -> deployed(stacks, stack)));
            }
            operator.ifPresentOrElse(
                    login -> {
                        threads.execute(() -> checks.askReadiness(stage, login));
                        if (mlflow) {
                            threads.execute(() -> checks.askMlflow(stage, login));
                        }
                    },
                    () -> threads.execute(() -> checks.check(
                            "api", () -> ServiceChecks.expectOk(stage.api().getAsAnyone("/health")))));
            threads.execute(() -> checks.find("alarms", () -> alarms = raised.get()));
            threads.execute(() -> checks.find("training", () -> training = RunningTraining.of(stage)));
            threads.execute(() -> checks.find("approval", () -> waiting = RunningTraining.waiting(stage)));
        }
    }

    /// Whether everything that was asked is healthy, and no alarm is raised.
    public boolean healthy() {
        return checks.healthy() && alarms.isEmpty();
    }

    /// Prints it for people.
    public void print(PrintStream out, Style style) {
        var table = new TextTable();
        checks.addServices(table, style);
        if (operator.isEmpty()) {
            table.row(
                    "not asked",
                    "what predictions need and MLflow, for which an operator's login is needed: "
                            + OperatorLogin.places(stage.name()));
        }
        if (checks.knows("alarms")) {
            var raised = alarms.isEmpty() ? List.of("none is raised") : alarms;
            raised.forEach(alarm ->
                    table.row(Cell.plain("alarm"), new Cell(alarm, alarms.isEmpty() ? style::good : style::bad)));
        }
        table.row("")
                .row("API", access.getOrDefault("api_url", ""))
                .row("docs", access.getOrDefault("docs_url", ""))
                .row("MLflow", access.getOrDefault("mlflow_url", ""));
        if (checks.knows("training")) {
            table.row("training", training.map(RunningTraining::sentence).orElse("none is running"));
            waiting.forEach(it -> table.row("awaits approval", it.sentence()));
        }
        checks.addUnknown(table, style);
        table.print(out);
    }

    /// Prints it for programs.
    public void printJson(PrintStream out) {
        var json = JsonObject.of(access)
                .with("stage", stage.name().value())
                .with("alarms", alarms)
                .withPresent("training", training.map(RunningTraining::json))
                .with(
                        "awaiting_approval",
                        waiting.stream().map(WaitingTraining::json).toList());
        out.println(checks.addTo(json).with("healthy", healthy()).json());
    }

    private static List<String> services(boolean asOperator) {
        return Stream.of(
                        Stream.of(DeployedStack.values()).map(StageStatus::service),
                        Stream.of("api"),
                        asOperator
                                ? Stream.concat(ServiceChecks.NEEDED_BY_PREDICTIONS.stream(), Stream.of(MLFLOW))
                                : Stream.<String>empty())
                .flatMap(services -> services)
                .toList();
    }

    private static String service(DeployedStack stack) {
        return switch (stack) {
            case DATA -> "data stack";
            case SERVICE -> "service stack";
        };
    }

    private static String deployed(StageStacks stacks, DeployedStack stack) {
        var state = stacks.state(stack);
        if (!DEPLOYED.contains(state)) {
            throw new CommandFailed(
                    "its state is %s, expected that the last deployment has succeeded".formatted(state));
        }
        return state;
    }

    private void tellAccess() {
        access.put("api_url", stage.apiUrl());
        access.put("docs_url", stage.docsUrl());
        access.put("mlflow_url", stage.address().mlflowPages());
        access.put("mlflow_tracking_uri", stage.address().mlflowTrackingUri());
        access.put("state_machine_arn", stage.deployment().output(StackOutput.TRAINING_STATE_MACHINE_ARN));
        access.put("bucket", stage.bucket());
    }
}

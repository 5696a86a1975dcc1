package vowcheck.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import vowcheck.adapters.deployment.FunctionsZip;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.MavenBuild;
import vowcheck.launcher.setup.Progress;
import vowcheck.launcher.setup.Stamps;

/// The second half of `./vowcheck`: `Main LOCAL_FOLDER BEGUN_EPOCH_SECONDS COMMAND ARGUMENT…`, run from the root of the
/// repository. Exit code 0 when the command has succeeded.
public final class Main {

    private static final Path ENV = Path.of(".env");

    /// MLflow's list of the training runs: the first experiment has the number 1. Without the parameter, MLflow shows
    /// it as an experiment with language models, whatever its tags say.
    static final String RUNS = "#/experiments/1?workflowType=machine_learning";

    private final LocalFolder folder;
    private final Progress progress;

    private Main(LocalFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// Runs one command; a failure is one sentence on the error output and exit code 1.
    public static void main(String[] arguments) {
        var begun = Instant.ofEpochSecond(Long.parseLong(arguments[1]));
        var launcher = new Main(
                new LocalFolder(Path.of(arguments[0])), new Progress(System.out, InstantSource.system(), begun));
        var rest = Arrays.asList(arguments).subList(3, arguments.length);
        try {
            System.exit(launcher.run(arguments[2], rest) ? 0 : 1);
        } catch (Exception e) {
            System.err.println("vowcheck: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
            System.exit(1);
        }
    }

    private boolean run(String command, List<String> arguments) throws IOException {
        switch (command) {
            case "synthesize" -> new CdkDeployment(folder, progress).synthesize();
            case "up" -> up(arguments.contains("--quick"));
            case "redeploy" -> {
                requireAtMost(0, arguments, "redeploy");
                redeploy();
            }
            case "retrain" -> {
                requireAtMost(1, arguments, "retrain [DATE]");
                training().retrain(arguments);
            }
            case "replay" -> {
                requireAtMost(0, arguments, "replay");
                training().replay();
            }
            case "rollback" -> {
                requireAtMost(1, arguments, "rollback [VERSION]");
                rollback(arguments);
            }
            case "drift" -> {
                requireAtMost(0, arguments, "drift");
                training().drift();
            }
            case "predict" -> {
                var caller = Path.of(arguments.getFirst());
                return predict(caller.resolve(argument(arguments.subList(1, arguments.size()), "predict FILE")));
            }
            case "open" -> {
                requireAtMost(0, arguments, "open");
                open();
            }
            case "logs" -> logs(arguments);
            case "operator" -> operator(arguments);
            case "status" -> {
                return status(arguments);
            }
            default -> throw new CommandFailed("there is no command '%s'".formatted(command));
        }
        return true;
    }

    private TrainingCommands training() {
        return new TrainingCommands(stage(), progress, System.out);
    }

    private void up(boolean quick) throws IOException {
        ContainerPrograms.write(folder.images());
        new CdkDeployment(folder, progress).deploy();
        try (var lambda = lambda()) {
            sayUpdated(
                    new Redeployment(lambda, FunctionsZip.FOLDER).run()); // CDK knows nothing of an earlier `redeploy`
        }
        var operator = OperatorLogin.findOrGenerate(ENV, folder.operator(), new SecureRandom());
        new Completion(stage(), operator, progress, training()).run(quick);
    }

    /// The next `up` builds and deploys everything, whatever the sources are by then.
    private void redeploy() throws IOException {
        stage();
        try (var lambda = lambda()) {
            var redeployment = new Redeployment(lambda, FunctionsZip.FOLDER);
            redeployment.requireFunctions();
            new Stamps(folder.path()).forget(CdkDeployment.DEPLOYED);
            new MavenBuild(new LoggedCommands(folder.logs()), progress).functionsUnchecked();
            var updated = redeployment.run();
            sayUpdated(updated);
            progress.say(
                    updated.isEmpty() ? "the running functions have this code already" : "callers get the new code");
        }
    }

    private static LambdaClient lambda() {
        return LambdaClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    private void sayUpdated(List<String> functions) {
        functions.forEach(function -> progress.say("updated " + function));
    }

    private boolean predict(Path file) throws IOException {
        String body;
        try {
            body = Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new CommandFailed("there is no file " + file, e);
        }
        boolean batch = JsonDocument.parse(body).has("instances");
        var answer = stage().api().post(batch ? "/batch_predict" : "/predict", body);
        System.out.println(answer.body());
        return answer.statusCode() == 200;
    }

    /// Puts a version, or the one that served before, into production again.
    private void rollback(List<String> version) {
        var body = new JsonObject();
        version.forEach(it -> body.with("model_version", it));
        var answer = stage().api().post("/operations/rollback", body.json(), operatorLogin());
        if (answer.statusCode() >= 500) {
            // It may have been carried out, and repeating it without a version would undo it.
            throw new CommandFailed("the rollback is not confirmed: %s; /model-info says what serves, and "
                            .formatted(detail(answer.body()))
                    + "./vowcheck rollback VERSION can be repeated without harm");
        }
        if (answer.statusCode() != 200) {
            throw new CommandFailed("the rollback is refused: " + detail(answer.body()));
        }
        var result = JsonDocument.parse(answer.body());
        System.out.println(result.text("message"));
        if (result.has("notes")) {
            result.texts("notes").forEach(note -> System.out.println("  " + note));
        }
    }

    /// Why a call was answered with a problem.
    private static String detail(String problem) {
        try {
            return JsonDocument.parse(problem).text("detail");
        } catch (IllegalArgumentException e) {
            return problem;
        }
    }

    private void open() {
        var page = stage().mlflowUrl() + RUNS;
        new Browser(System.getenv()).open(page, operatorLogin(), System.out);
    }

    private OperatorLogin operatorLogin() {
        return OperatorLogin.find(ENV, folder.operator())
                .orElseThrow(() -> new CommandFailed("there is no operator yet: run ./vowcheck up"));
    }

    private void logs(List<String> arguments) throws IOException {
        if (endpoint() == null) {
            throw new CommandFailed("nothing is started yet: run ./vowcheck up");
        }
        if (arguments.isEmpty()) {
            Files.copy(folder.localstackLog(), System.out);
        } else {
            ServiceLogs.print(argument(arguments, "logs [NAME]"), System.out);
        }
    }

    /// Prints the operators' secret of a stage with one operator; the password is the first line of the input.
    private static void operator(List<String> arguments) throws IOException {
        if (arguments.isEmpty() || arguments.size() > 2) {
            throw new CommandFailed("usage: ./vowcheck operator NAME [auditor], with the password as its input");
        }
        var role = arguments.size() == 1 ? OperatorRole.OPERATOR : OperatorRole.named(arguments.get(1));
        var password = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (password == null) {
            throw new CommandFailed("the operator's password is missing: it is the first line of the input");
        }
        var operator = Operator.of(arguments.getFirst(), role, password, new SecureRandom());
        System.out.println(OperatorsJson.write(List.of(operator)));
    }

    private boolean status(List<String> arguments) {
        var status = new SystemStatus(folder, ENV, endpoint());
        if (arguments.isEmpty()) {
            status.print(System.out);
        } else if (argument(arguments, "status [--json]").equals("--json")) {
            status.printJson(System.out);
        } else {
            throw new CommandFailed("usage: ./vowcheck status [--json]");
        }
        return status.healthy();
    }

    private DeployedStage stage() {
        var endpoint = endpoint();
        if (endpoint == null) {
            throw new CommandFailed("nothing is started yet: run ./vowcheck up");
        }
        return new DeployedStage(Deployment.read(folder.outputs()), endpoint);
    }

    private static @Nullable URI endpoint() {
        var url = System.getenv("AWS_ENDPOINT_URL");
        return url == null ? null : URI.create(url);
    }

    private static void requireAtMost(int count, List<String> arguments, String usage) {
        if (arguments.size() > count) {
            throw new CommandFailed("usage: ./vowcheck " + usage);
        }
    }

    private static String argument(List<String> arguments, String usage) {
        if (arguments.size() != 1) {
            throw new CommandFailed("usage: ./vowcheck " + usage);
        }
        return arguments.getFirst();
    }
}

package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.DecisionText;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "rollback",
        description = {
            "Puts a version into production again.",
            "Without a version it is the one that served before: run twice, it goes there and back. If the rollback"
                    + " is refused, it names the versions that can serve."
        })
final class RollbackCommand implements Callable<Integer> {

    private static final int OK_STATUS = 200;
    private static final int FIRST_SERVER_ERROR = 500;

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The version, such as 3.")
    private @Nullable String version;

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Option(names = "--json", description = "Prints the answer of the API as JSON.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    RollbackCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var body = new JsonObject().with("reason", reason.valid());
        if (version != null) {
            body.with("model_version", version);
        }
        var target = invocation.stageToChange(stage);
        var answer = target.api().post("/operations/rollback", body.json(), invocation.operator(stage));
        if (answer.status() >= FIRST_SERVER_ERROR) {
            // It may have been carried out, and repeating it without a version would undo it.
            throw new CommandFailed(
                    "the rollback is not confirmed: %s; /model-info says what serves, and ./vowcheck rollback VERSION --reason … %s"
                                    .formatted(answer.detail(), target.name().option())
                            + " can be repeated without harm");
        }
        if (answer.status() != OK_STATUS) {
            throw new CommandFailed("the rollback is refused: " + answer.detail());
        }
        if (json) {
            invocation.out().println(answer.body());
        } else {
            DecisionText.print(answer, invocation.out());
        }
        return CommandLine.ExitCode.OK;
    }
}

package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vowcheck.adapters.json.JsonDocument;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.DecisionText;
import vowcheck.launcher.HttpAnswer;
import vowcheck.launcher.ShadowText;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "shadow",
        description = {
            "Shows how the shadow scores, or starts or ends it.",
            "The shadow is a second model that scores every application beside the one in production; its scores are"
                    + " stored and never answered. Without a version, the command compares the two."
        })
final class ShadowCommand implements Callable<Integer> {

    private static final String PATH = "/operations/shadow";
    private static final int OK_STATUS = 200;
    private static final int FIRST_SERVER_ERROR = 500;

    @Parameters(arity = "0..1", paramLabel = "VERSION", description = "The version that becomes the shadow, such as 3.")
    private @Nullable String version;

    @Option(names = "--stop", description = "Ends the shadow.")
    private boolean stop;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            description = "Why it starts or ends, in one line; kept in the record with your name.")
    private @Nullable String reason;

    @Option(names = "--json", description = "Prints the answer of the API as JSON.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    private final Invocation invocation;

    ShadowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        if (version != null && stop) {
            throw wrong("give a version to start the shadow, or --stop to end it");
        }
        boolean changes = version != null || stop;
        if (changes != (reason != null)) {
            throw wrong(changes ? "--reason is missing" : "--reason goes with a version or --stop");
        }
        var answer = reason == null ? shown() : changed(ReasonOption.valid(command, reason));
        if (json) {
            invocation.out().println(answer.body());
        } else if (changes) {
            DecisionText.print(answer, invocation.out());
        } else {
            new ShadowText(JsonDocument.parse(answer.body())).print(invocation.out(), invocation.style());
        }
        return CommandLine.ExitCode.OK;
    }

    private HttpAnswer shown() {
        var answer = invocation.stage(stage).api().get(PATH, invocation.operator(stage));
        if (answer.status() != OK_STATUS) {
            throw new CommandFailed("the shadow cannot be shown: " + answer.detail());
        }
        return answer;
    }

    private HttpAnswer changed(String why) {
        var body = new JsonObject().with("reason", why);
        if (version != null) {
            body.with("model_version", version);
        }
        var target = invocation.stageToChange(stage);
        var answer = target.api().post(PATH, body.json(), invocation.operator(stage));
        if (answer.status() >= FIRST_SERVER_ERROR) {
            throw new CommandFailed(
                    "the change of the shadow is not confirmed: %s; ./vowcheck shadow%s says what is the shadow, and the change can be repeated without harm"
                            .formatted(answer.detail(), target.name().option()));
        }
        if (answer.status() != OK_STATUS) {
            throw new CommandFailed("the change of the shadow is refused: " + answer.detail());
        }
        return answer;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(command.commandLine(), message);
    }
}

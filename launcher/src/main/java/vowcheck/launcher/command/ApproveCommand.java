package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.json.JsonObject;
import vowcheck.launcher.DecisionText;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "approve",
        description = {
            "Approves a version that waits to be promoted, or rejects it.",
            "Its training then continues. ./vowcheck status shows what waits."
        })
final class ApproveCommand implements Callable<Integer> {

    private static final int OK_STATUS = 200;

    @Parameters(paramLabel = "VERSION", description = "The version, such as 3.")
    private String version = "";

    @Option(names = "--reject", description = "Rejects it: what is in production stays.")
    private boolean rejects;

    @Mixin
    private ReasonOption reason = new ReasonOption();

    @Option(names = "--json", description = "Prints the answer of the API as JSON.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    ApproveCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var body = new JsonObject()
                .with("model_version", version)
                .with("decision", rejects ? "reject" : "approve")
                .with("reason", reason.valid());
        var answer = invocation
                .stageToChange(stage)
                .api()
                .post("/operations/approvals", body.json(), invocation.operator(stage));
        if (answer.status() != OK_STATUS) {
            throw new CommandFailed(
                    "version %s is not %s: %s".formatted(version, rejects ? "rejected" : "approved", answer.detail()));
        }
        if (json) {
            invocation.out().println(answer.body());
        } else {
            DecisionText.print(answer, invocation.out());
        }
        return CommandLine.ExitCode.OK;
    }
}

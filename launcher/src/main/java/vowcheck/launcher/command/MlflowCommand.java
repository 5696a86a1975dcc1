package vowcheck.launcher.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.deployment.StageName;
import vowcheck.launcher.TrackingSwitch;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "mlflow",
        description = {
            "Brings MLflow and its load balancer up on a stage on AWS, or takes them down.",
            "It deploys the stage's service stack from this clone, so use the one that was deployed; it takes minutes."
                    + " While MLflow is down, nothing trains, and predictions go on."
        })
final class MlflowCommand implements Callable<Integer> {

    /// What is asked for.
    enum Direction {
        UP,
        DOWN;

        /// The direction that a word names; throws [IllegalArgumentException] for any other word.
        static Direction named(String text) {
            return switch (text) {
                case "up" -> UP;
                case "down" -> DOWN;
                default -> throw new IllegalArgumentException("it is '%s', expected up or down".formatted(text));
            };
        }

        String word() {
            return this == UP ? "up" : "down";
        }
    }

    @Parameters(index = "0", paramLabel = "DIRECTION", description = "up or down.")
    private Direction direction = Direction.UP;

    @Mixin
    private StageOption stage = new StageOption();

    @Mixin
    private ContextOption context = new ContextOption();

    private final Invocation invocation;

    MlflowCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var name = stage.given()
                .filter(given -> given != StageName.LOCAL)
                .orElseThrow(() -> new CommandFailed(
                        "the local MLflow starts and ends with its system; for a stage on AWS, add --stage dev"));
        new TrackingSwitch(invocation.folder()).turn(name.value(), direction.word(), context.values(name.value()));
        invocation.out().printf("MLflow of %s is %s%n", name.value(), direction.word());
        return CommandLine.ExitCode.OK;
    }
}

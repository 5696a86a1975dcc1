package vowcheck.launcher.command;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.launcher.Redeployment;

/// A part of `up`, during which the JVM records which classes the commands need. It changes nothing.
@Command(name = "rehearse", hidden = true, description = "Uses what the commands use.")
final class RehearseCommand implements Callable<Integer> {

    /// No application, so the API refuses it.
    private static final Path NO_APPLICATION =
            Path.of("events", "public_handler.json").toAbsolutePath();

    /// Commands that only read, and some that are refused.
    private static final List<List<String>> COMMANDS = List.of(
            List.of("status"),
            List.of("status", "--json"),
            List.of("env"),
            List.of("key", "list"),
            List.of("logs", "scoring"),
            List.of("predict", NO_APPLICATION.toString()),
            List.of("follow", "no-such-training"),
            List.of("rollback", "1", "unexpected", "--reason=none"),
            List.of("retrain", "2999-01-01"));

    private final Invocation invocation;

    RehearseCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var unheard = invocation.writingTo(new PrintStream(OutputStream.nullOutputStream()));
        for (var command : COMMANDS) {
            Commands.only(command.getFirst(), unheard).execute(command.toArray(String[]::new));
        }
        var drift = invocation.systemsStage().deployment().output(StackOutput.DRIFT_FUNCTION_NAME);
        try (var lambda = Redeployment.lambda()) {
            lambda.listFunctions();
            lambda.invoke(request -> request.functionName(drift).invocationType(InvocationType.DRY_RUN));
        }
        return CommandLine.ExitCode.OK;
    }
}

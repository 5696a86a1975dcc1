package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vowcheck.launcher.FileTail;
import vowcheck.launcher.RunState;
import vowcheck.launcher.ServiceLogs;
import vowcheck.launcher.ServiceLogs.Form;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "logs",
        description = {
            "Prints the log of a function or task, newest events last.",
            "Each event is a line with its time in UTC, level, message and request id; what Lambda itself logs about"
                    + " each invocation is left out. An unknown name lists the known ones."
        })
final class LogsCommand implements Callable<Integer> {

    /// A busy function logs thousands of events in an hour.
    private static final Duration USUAL = Duration.ofHours(1);

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The function or task, such as scoring, relog or training. Default: LocalStack.")
    private @Nullable String name;

    @Option(
            names = {"-f", "--follow"},
            description = "Goes on with each new event, until it is interrupted.")
    private boolean follow;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only the events of this time, such as 30m or 2d. Default: all of the newest ones locally, 1h"
                    + " on AWS.")
    private @Nullable Duration since;

    @ArgGroup
    private Forms forms = new Forms();

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    private final Invocation invocation;

    LogsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        boolean ofSystem = invocation.isOfSystem(stage);
        if (name == null) {
            if (!ofSystem) {
                throw wrong("NAME is missing: LocalStack's log is on the machine where it runs");
            }
            if (forms.json || since != null) {
                throw wrong("NAME is missing: LocalStack's log is not JSON and has no times");
            }
            localstack();
            return CommandLine.ExitCode.OK;
        }
        var target = invocation.stage(stage).name();
        var first = since != null
                ? invocation.clock().instant().minus(since)
                : ofSystem ? Instant.EPOCH : invocation.clock().instant().minus(USUAL);
        try (var logs = new ServiceLogs(target, first, forms.form(), invocation.style(), invocation.out())) {
            if (follow) {
                logs.follow(name);
            } else {
                logs.print(name);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(command.commandLine(), sentence);
    }

    /// Also of a LocalStack that has crashed.
    private void localstack() throws IOException {
        var folder = invocation.folder();
        if (!Files.exists(folder.localstackLog())) {
            throw new CommandFailed(RunState.of(folder).sentence());
        }
        if (follow) {
            new FileTail(folder.localstackLog())
                    .follow(invocation.out(), () -> RunState.of(folder).runs());
            throw new CommandFailed(RunState.of(folder).sentence());
        }
        Files.copy(folder.localstackLog(), invocation.out());
    }

    /// At most one of them.
    static final class Forms {

        @Option(names = "--raw", description = "Prints events as they were logged, those of Lambda included.")
        private boolean raw;

        @Option(names = "--json", description = "Prints each event as a JSON object: time, stream, message.")
        private boolean json;

        private Form form() {
            if (json) {
                return Form.JSON;
            }
            return raw ? Form.RAW : Form.READABLE;
        }
    }
}

package vowcheck.launcher.command;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vowcheck.launcher.ServiceLogs;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "logs",
        description = {"Prints the log of a function or task, newest events last."})
final class LogsCommand implements Callable<Integer> {

    @Parameters(
            arity = "0..1",
            paramLabel = "NAME",
            description = "The function or task, such as scoring, relog or training. Default: LocalStack.")
    private @Nullable String name;

    private final Invocation invocation;

    LogsCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        if (invocation.endpoint() == null) {
            throw new CommandFailed("nothing is started yet: run ./vowcheck up");
        }
        if (name == null) {
            Files.copy(invocation.folder().localstackLog(), invocation.out());
        } else {
            ServiceLogs.print(name, invocation.out());
        }
        return CommandLine.ExitCode.OK;
    }
}

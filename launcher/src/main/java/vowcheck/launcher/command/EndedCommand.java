package vowcheck.launcher.command;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vowcheck.launcher.EndedWorkflows;

/// A part of `down`, which the script calls where something has run until then.
@Command(name = "ended", hidden = true, description = "Says which trainings, replays and imports down has ended.")
final class EndedCommand implements Callable<Integer> {

    private final Invocation invocation;

    EndedCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        EndedWorkflows.of(invocation.folder()).tell().forEach(invocation.out()::println);
        return CommandLine.ExitCode.OK;
    }
}

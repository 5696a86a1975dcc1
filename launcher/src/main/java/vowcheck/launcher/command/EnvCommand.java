package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import vowcheck.launcher.Exports;

@Command(
        name = "env",
        description = {
            "Prints variables for the AWS CLI, MLflow's Python client and callers of the API.",
            "For the shell that evaluates them: eval \"$(./vowcheck env)\". They contain the API key and the"
                    + " operator's password."
        })
final class EnvCommand implements Callable<Integer> {

    private final Invocation invocation;

    EnvCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        Exports.of(invocation.stage(), invocation.operator(), invocation.environment())
                .print(invocation.out());
        return CommandLine.ExitCode.OK;
    }
}

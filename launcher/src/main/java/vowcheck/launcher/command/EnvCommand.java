package vowcheck.launcher.command;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import vowcheck.launcher.Exports;

@Command(
        name = "env",
        description = {
            "Prints variables for the AWS CLI, MLflow's Python client and callers of the API.",
            "For the shell that evaluates them: eval \"$(./vowcheck env)\". They contain the API key and the"
                    + " operator's password."
        })
final class EnvCommand implements Callable<Integer> {

    @Mixin
    private StageOption stage = new StageOption();

    private final Invocation invocation;

    EnvCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        var target = invocation.stage(stage);
        var exports = invocation.isOfSystem(stage)
                ? Exports.ofSystem(target, invocation.operator(stage), invocation.environment())
                : Exports.ofStage(target, invocation.knownOperator(stage));
        exports.print(invocation.out());
        return CommandLine.ExitCode.OK;
    }
}

package vowcheck.launcher.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "operator",
        description = {
            "Reads a password and prints the operators' secret for a deployed stage.",
            "The password is the first line of the input."
        })
final class OperatorCommand implements Callable<Integer> {

    @Parameters(index = "0", paramLabel = "NAME", description = "The person's name.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "auditor",
            description = "An auditor may only read predictions and their explanations.")
    private OperatorRole role = OperatorRole.OPERATOR;

    private final Invocation invocation;

    OperatorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        var password = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (password == null) {
            throw new CommandFailed("the operator's password is missing: it is the first line of the input");
        }
        var operator = Operator.of(name, role, password, new SecureRandom());
        invocation.out().println(OperatorsJson.write(List.of(operator)));
        return CommandLine.ExitCode.OK;
    }
}

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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorRole;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.launcher.StageOperators;
import vowcheck.launcher.setup.CommandFailed;

@Command(
        name = "operator",
        description = {
            "Admits a person as operator or auditor of a stage, with a password that is the first line of the input.",
            "Without --stage, it prints a secret that contains this one person, for whoever may change the stage's."
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

    @Option(names = "--remove", description = "With --stage: removes the person. No password is read.")
    private boolean removes;

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private CommandSpec command = CommandSpec.create();

    private final Invocation invocation;

    OperatorCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() throws IOException {
        if (stage.given().isEmpty()) {
            if (removes) {
                throw new ParameterException(command.commandLine(), "--remove belongs to --stage");
            }
            invocation.out().println(OperatorsJson.write(List.of(operator())));
        } else if (removes) {
            operators().remove(name);
            invocation
                    .out()
                    .println("removed %s: calls with this name are refused after a minute at most".formatted(name));
        } else {
            operators().admit(operator());
            invocation.out().println("admitted %s as %s".formatted(name, role.text()));
        }
        return CommandLine.ExitCode.OK;
    }

    private StageOperators operators() {
        return new StageOperators(invocation.stageToChange(stage));
    }

    private Operator operator() throws IOException {
        var password = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (password == null) {
            throw new CommandFailed("the operator's password is missing: it is the first line of the input");
        }
        return Operator.of(name, role, password, new SecureRandom());
    }
}

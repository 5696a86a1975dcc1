package vowcheck.launcher;

import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.operators.Operator;
import vowcheck.adapters.operators.OperatorsJson;
import vowcheck.launcher.setup.CommandFailed;

/// The people who may call a stage's operators' routes: those in its secret.
public final class StageOperators {

    private final DeployedStage stage;
    private final String secret;

    public StageOperators(DeployedStage stage) {
        this.stage = stage;
        this.secret = stage.deployment().output(StackOutput.OPERATORS_SECRET_NAME);
    }

    /// Admits somebody, in place of whoever had that name.
    public void admit(Operator operator) {
        write(OperatorsJson.with(text(), operator));
    }

    /// Removes whoever has that name; throws [CommandFailed] where nobody has it.
    public void remove(String name) {
        var text = text();
        if (OperatorsJson.read(text).operators().stream()
                .noneMatch(operator -> operator.name().equals(name))) {
            throw new CommandFailed("the stage %s has no operator or auditor '%s'"
                    .formatted(stage.name().value(), name));
        }
        write(OperatorsJson.without(text, name));
    }

    private String text() {
        return stage.secrets().text(secret);
    }

    private void write(String text) {
        try (var secretsManager = AwsClients.secretsManager()) {
            secretsManager.putSecretValue(put -> put.secretId(secret).secretString(text));
        }
    }
}

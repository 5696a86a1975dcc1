package vowcheck.infra.data;

import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.constructs.Construct;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The credentials of the API's callers: the API keys of each client, and the operators' names and password hashes.
/// Kept with the data, so that a new deployment of the service locks nobody out. No function reads the clients' keys.
public final class AccessSecrets extends Construct {
    private final Stage stage;
    private final Secret operators;

    public AccessSecrets(Construct scope, String id, Stage stage) {
        super(scope, id);
        this.stage = stage;
        // CloudFormation writes the values at creation, and again if the lines change, which would delete all keys or
        // operators.
        for (var client : stage.api().clients()) {
            Secret.Builder.create(this, "Client-" + client.name())
                    .secretName(ResourceNames.clientSecret(stage.name(), client.name()))
                    .description("API keys of the client " + client.name() + "; written by ./vowcheck key")
                    .secretStringValue(SecretValue.unsafePlainText("{\"keys\":[]}"))
                    .removalPolicy(stage.dataRemoval())
                    .build();
        }
        operators = Secret.Builder.create(this, "Operators")
                .secretName(operatorsName())
                .description("Operators: names, salted password hashes, roles; written by the operators' command")
                .secretStringValue(SecretValue.unsafePlainText("{\"operators\":[]}"))
                .removalPolicy(stage.dataRemoval())
                .build();
        Nag.accept(
                this,
                "AwsSolutions-SMG4",
                "Programs and people outside AWS use them, and must be told a new value: commands change them, not a rotation");
    }

    /// The operators, `{"operators":[…]}`.
    public ISecret operators() {
        return operators;
    }

    /// The name of [#operators].
    public String operatorsName() {
        return stage.secretName("operators");
    }
}

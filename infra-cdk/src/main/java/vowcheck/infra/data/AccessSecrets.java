package vowcheck.infra.data;

import software.amazon.awscdk.SecretValue;
import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The credentials of the API's callers: the clerks' key, and the operators' names and password hashes. Kept with
/// the data, so that a new deployment of the service locks nobody out.
public final class AccessSecrets extends Construct {
    private final Stage stage;
    private final Secret apiKey;
    private final Secret operators;

    public AccessSecrets(Construct scope, String id, Stage stage) {
        super(scope, id);
        this.stage = stage;
        apiKey = Secret.Builder.create(this, "ApiKey")
                .secretName(apiKeyName())
                .description("API key of the clerks' application, sent in the header x-api-key")
                .generateSecretString(SecretStringGenerator.builder()
                        .passwordLength(40)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(stage.dataRemoval())
                .build();
        // CloudFormation writes this value at creation, and again if the line changes, which would delete all
        // operators.
        operators = Secret.Builder.create(this, "Operators")
                .secretName(operatorsName())
                .description("Operators: names, salted password hashes, roles; written by the operators' command")
                .secretStringValue(SecretValue.unsafePlainText("{\"operators\":[]}"))
                .removalPolicy(stage.dataRemoval())
                .build();
        Nag.accept(
                this,
                "AwsSolutions-SMG4",
                "People outside AWS use both, and must be told a new value: it is set by hand, not by rotation");
    }

    /// The key of the clerks' application.
    public ISecret apiKey() {
        return apiKey;
    }

    /// The name of [#apiKey].
    public String apiKeyName() {
        return stage.secretName("api-key");
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

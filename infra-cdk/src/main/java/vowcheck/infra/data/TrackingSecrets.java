package vowcheck.infra.data;

import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// MLflow's own secrets. Kept with the data: MLflow's users, whose passwords it hashes, are in the database.
public final class TrackingSecrets extends Construct {
    private final Secret admin;
    private final Secret sessions;

    public TrackingSecrets(Construct scope, String id, Stage stage) {
        super(scope, id);
        admin = Secret.Builder.create(this, "Admin")
                .secretName(stage.secretName("mlflow/admin"))
                .description("MLflow's one user, as whom functions, training and operators work")
                .generateSecretString(generated()
                        .secretStringTemplate("{\"username\":\"admin\"}")
                        .generateStringKey("password")
                        .build())
                .removalPolicy(stage.dataRemoval())
                .build();
        sessions = Secret.Builder.create(this, "Sessions")
                .secretName(stage.secretName("mlflow/sessions"))
                .description("Signs MLflow's session cookies and form tokens")
                .generateSecretString(generated().build())
                .removalPolicy(stage.dataRemoval())
                .build();
        Nag.accept(
                this,
                "AwsSolutions-SMG4",
                "MLflow takes the administrator's password at its first start only: a new one is set in MLflow first");
    }

    /// The user, `{"username","password"}`.
    public ISecret admin() {
        return admin;
    }

    /// What cookies are signed with; plain text.
    public ISecret sessions() {
        return sessions;
    }

    private static SecretStringGenerator.Builder generated() {
        return SecretStringGenerator.builder().passwordLength(40).excludePunctuation(true);
    }
}

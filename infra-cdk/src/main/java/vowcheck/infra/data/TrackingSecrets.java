package vowcheck.infra.data;

import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// MLflow's secrets. Kept with the data, since the database has MLflow's users with the hashes of their passwords.
public final class TrackingSecrets extends Construct {
    private final Secret admin;
    private final Secret sessions;

    public TrackingSecrets(Construct scope, String id, Stage stage) {
        super(scope, id);
        admin = Secret.Builder.create(this, "Admin")
                .secretName(stage.secretName("mlflow/admin"))
                .description("MLflow's only user; functions, training and operators act as this user")
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
                "MLflow reads the administrator's password at its first start only: change it in MLflow first, then here");
    }

    /// The user, `{"username","password"}`.
    public ISecret admin() {
        return admin;
    }

    /// The key that signs cookies; plain text.
    public ISecret sessions() {
        return sessions;
    }

    private static SecretStringGenerator.Builder generated() {
        return SecretStringGenerator.builder().passwordLength(40).excludePunctuation(true);
    }
}

package vowcheck.infra.data;

import software.amazon.awscdk.services.secretsmanager.ISecret;
import software.amazon.awscdk.services.secretsmanager.Secret;
import software.amazon.awscdk.services.secretsmanager.SecretStringGenerator;
import software.constructs.Construct;
import vowcheck.infra.nag.Nag;
import vowcheck.infra.stage.Stage;

/// The key of the tombstones: without it, nobody can find out from a tombstone what was erased. Kept with the
/// data, since a new key recognises no former tombstone.
public final class TombstoneSecret extends Construct {
    /// Of letters and digits; more than 256 bits.
    private static final int CHARACTERS = 64;

    private final Secret key;

    public TombstoneSecret(Construct scope, String id, Stage stage) {
        super(scope, id);
        key = Secret.Builder.create(this, "Key")
                .secretName(stage.secretName("erasure/tombstone-key"))
                .description("Key of the hashes by which erased loans and requests are recognised")
                .generateSecretString(SecretStringGenerator.builder()
                        .passwordLength(CHARACTERS)
                        .excludePunctuation(true)
                        .build())
                .removalPolicy(stage.dataRemoval())
                .build();
        Nag.accept(this, "AwsSolutions-SMG4", "A new key would recognise nothing that was erased before");
    }

    /// The key; plain text.
    public ISecret key() {
        return key;
    }
}

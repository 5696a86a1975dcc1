package vowcheck.launcher;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.core.clients.ClientName;
import vowcheck.launcher.clients.ClientSecrets;

/// A deployed stage, as AWS's APIs know it: its addresses, from the outputs of its stacks, and its secrets, from
/// Secrets Manager. What only the machine of a local system knows is in [LocalFolder], [RunState] and [LocalDatabase].
public final class DeployedStage {

    private static final Duration LOCAL_POLL = Duration.ofMillis(250);

    /// AWS limits how often an account may ask for the state of an execution, or for a log's events.
    private static final Duration POLL = Duration.ofSeconds(2);

    private final StageName name;
    private final Deployment deployment;
    private final ApiAddress address;
    private final SecretsManagerClient secretsManager = AwsClients.secretsManager();
    private final Secrets secrets = new Secrets(secretsManager);

    public DeployedStage(StageName name, Deployment deployment, ApiAddress address) {
        this.name = name;
        this.deployment = deployment;
        this.address = address;
    }

    /// The stage of a local system that runs.
    ///
    /// @param endpoint where LocalStack answers
    public static DeployedStage local(LocalFolder folder, URI endpoint) {
        var deployment = Deployment.read(folder.outputs());
        return new DeployedStage(StageName.LOCAL, deployment, new ApiAddress.AtEndpoint(deployment, endpoint));
    }

    /// Which stage it is.
    public StageName name() {
        return name;
    }

    /// Which one it is, where, for people who are about to change it.
    public String place() {
        var machine = Arn.fromString(deployment.output(StackOutput.TRAINING_STATE_MACHINE_ARN));
        return "the stage %s of the account %s in %s"
                .formatted(
                        name.value(),
                        machine.accountId().orElse(""),
                        machine.region().orElse(""));
    }

    /// Its outputs.
    public Deployment deployment() {
        return deployment;
    }

    /// Where its API is.
    public ApiAddress address() {
        return address;
    }

    /// Its secrets.
    public Secrets secrets() {
        return secrets;
    }

    /// How long to wait before one of its services is asked again.
    Duration pollInterval() {
        return pollInterval(name);
    }

    static Duration pollInterval(StageName name) {
        return name == StageName.LOCAL ? LOCAL_POLL : POLL;
    }

    /// Its HTTP API, called with the clerks' key.
    public Api api() {
        return new Api(apiUrl(), this::apiKey, this::signature);
    }

    /// Of the clerks' calls, where the stage was deployed so that they must be signed.
    private Optional<CallSignature> signature() {
        return deployment
                .find(StackOutput.API_AUTHORIZATION)
                .filter(StackOutput.SIGNED::equals)
                .map(_ -> CallSignature.ofCaller());
    }

    /// The address of its API.
    public String apiUrl() {
        return address.url();
    }

    /// The page that describes the API.
    public String docsUrl() {
        return apiUrl() + "/docs";
    }

    /// The clerks' newest API key.
    public String apiKey() {
        return new ClientSecrets(secretsManager, name)
                .newestAt(ClientName.CLERKS, InstantSource.system().instant())
                .value();
    }

    /// The bucket of the models.
    public String bucket() {
        return deployment.output(StackOutput.MODEL_BUCKET_NAME);
    }
}

package vowcheck.launcher;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.deployment.LocalStage;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseLogin;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.core.clients.ClientName;
import vowcheck.launcher.clients.ClientSecrets;

/// A deployed stage: its addresses, from the outputs of its stacks, and its secrets, from Secrets Manager.
public final class DeployedStage {

    private final Deployment deployment;
    private final URI endpoint;
    private final SecretsManagerClient secretsManager = AwsClients.secretsManager();
    private final Secrets secrets = new Secrets(secretsManager);

    /// Secrets that do not change while a command runs.
    private final Map<String, String> read = new ConcurrentHashMap<>();

    /// @param endpoint where AWS's services answer
    public DeployedStage(Deployment deployment, URI endpoint) {
        this.deployment = deployment;
        this.endpoint = endpoint;
    }

    /// Its outputs.
    public Deployment deployment() {
        return deployment;
    }

    /// Where AWS's services answer.
    public URI endpoint() {
        return endpoint;
    }

    /// Its secrets.
    public Secrets secrets() {
        return secrets;
    }

    /// Its HTTP API, called with the clerks' key.
    public Api api() {
        return new Api(apiUrl(), this::apiKey);
    }

    /// The API's address at LocalStack, by path: the host names that AWS uses do not resolve on this machine.
    public String apiUrl() {
        return "%s/_aws/execute-api/%s/%s"
                .formatted(
                        endpoint,
                        deployment.output(StackOutput.REST_API_ID),
                        deployment.output(StackOutput.API_STAGE_NAME));
    }

    /// The page that describes the API.
    public String docsUrl() {
        return apiUrl() + "/docs";
    }

    /// The address of MLflow for its clients: unlike [#mlflowUrl], every program can resolve it.
    public String mlflowTrackingUri() {
        return "%s/%s".formatted(apiUrl(), deployment.output(StackOutput.MLFLOW_PATH));
    }

    /// The address of MLflow's pages for a browser. The API is in the host name, so that the path is the one that
    /// MLflow is configured with; browsers resolve *.localhost to this machine.
    public String mlflowUrl() {
        return "http://%s.execute-api.localhost:%d/%s/%s/"
                .formatted(
                        deployment.output(StackOutput.REST_API_ID),
                        endpoint.getPort(),
                        deployment.output(StackOutput.API_STAGE_NAME),
                        deployment.output(StackOutput.MLFLOW_PATH));
    }

    /// The clerks' newest API key.
    public String apiKey() {
        return new ClientSecrets(secretsManager, LocalStage.NAME)
                .newestAt(ClientName.CLERKS, InstantSource.system().instant())
                .value();
    }

    /// The bucket of the models.
    public String bucket() {
        return deployment.output(StackOutput.MODEL_BUCKET_NAME);
    }

    /// Connections to the database as its owner.
    public DataSource database(Duration limit) {
        return address().connections(owner(), limit);
    }

    /// The database and its owner's login as a URL for `psql`.
    public String databaseUrl() {
        var owner = owner();
        var address = address();
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        encoded(owner.username()),
                        encoded(owner.password()),
                        address.host(),
                        address.port(),
                        address.name());
    }

    private DatabaseAddress address() {
        return DatabaseAddress.withoutTls(
                deployment.output(StackOutput.DATABASE_HOST),
                Integer.parseInt(deployment.output(StackOutput.DATABASE_PORT)),
                deployment.output(StackOutput.DATABASE_NAME));
    }

    private DatabaseLogin owner() {
        return DatabaseLogin.fromSecret(
                read.computeIfAbsent(deployment.output(StackOutput.DATABASE_OWNER_SECRET_NAME), secrets::text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

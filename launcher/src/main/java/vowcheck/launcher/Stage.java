package vowcheck.launcher;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.sql.DataSource;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseLogin;
import vowcheck.adapters.secrets.Secrets;

/// A deployed stage, as its operator sees it: addresses from its outputs, secrets from Secrets Manager.
final class Stage {

    private final Deployment deployment;
    private final URI endpoint;
    private final Secrets secrets = new Secrets(AwsClients.secretsManager());

    /// @param endpoint where AWS's services answer
    Stage(Deployment deployment, URI endpoint) {
        this.deployment = deployment;
        this.endpoint = endpoint;
    }

    Deployment deployment() {
        return deployment;
    }

    URI endpoint() {
        return endpoint;
    }

    Secrets secrets() {
        return secrets;
    }

    Api api() {
        return new Api(apiUrl(), apiKey());
    }

    /// LocalStack's own way to an API: the host names that AWS uses do not resolve on one machine.
    String apiUrl() {
        return "%s/_aws/execute-api/%s/%s"
                .formatted(endpoint, deployment.service("RestApiId"), deployment.service("ApiStageName"));
    }

    /// MLflow's pages as a browser sees them. By host name, so that the path is the one that MLflow was given;
    /// browsers know that *.localhost is this machine.
    String mlflowUrl() {
        return "http://%s.execute-api.localhost:%d/%s/%s/"
                .formatted(
                        deployment.service("RestApiId"),
                        endpoint.getPort(),
                        deployment.service("ApiStageName"),
                        deployment.service("MlflowPath"));
    }

    String apiKey() {
        return secrets.text(deployment.data("ApiKeySecretName"));
    }

    String bucket() {
        return deployment.data("ModelBucketName");
    }

    /// The way to the database as its owner.
    DataSource database(Duration limit) {
        return address().connections(owner(), limit);
    }

    /// The same as a libpq URL, which `psql` takes.
    String databaseUrl() {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        encoded(owner().username()),
                        encoded(owner().password()),
                        address().host(),
                        address().port(),
                        address().name());
    }

    private DatabaseAddress address() {
        return DatabaseAddress.withoutTls(
                deployment.data("DatabaseHost"),
                Integer.parseInt(deployment.data("DatabasePort")),
                deployment.data("DatabaseName"));
    }

    private DatabaseLogin owner() {
        return DatabaseLogin.fromSecret(secrets.text(deployment.data("DatabaseOwnerSecretName")));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

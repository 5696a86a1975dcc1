package vowcheck.launcher;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.sql.DataSource;
import vowcheck.adapters.deployment.StackOutput;
import vowcheck.adapters.postgres.DatabaseAddress;
import vowcheck.adapters.postgres.DatabaseLogin;

/// The database of a local system, as its owner. On AWS, only programs within the network reach a stage's database.
final class LocalDatabase {

    private final DatabaseAddress address;
    private final DatabaseLogin owner;

    /// Reads the owner's secret.
    LocalDatabase(DeployedStage stage) {
        var deployment = stage.deployment();
        address = DatabaseAddress.withoutTls(
                deployment.output(StackOutput.DATABASE_HOST),
                Integer.parseInt(deployment.output(StackOutput.DATABASE_PORT)),
                deployment.output(StackOutput.DATABASE_NAME));
        owner = DatabaseLogin.fromSecret(
                stage.secrets().text(deployment.output(StackOutput.DATABASE_OWNER_SECRET_NAME)));
    }

    /// Connections to it.
    DataSource connections(Duration limit) {
        return address.connections(owner, limit);
    }

    /// The database and its owner's login as a URL for `psql`.
    String url() {
        return "postgresql://%s:%s@%s:%d/%s"
                .formatted(
                        encoded(owner.username()),
                        encoded(owner.password()),
                        address.host(),
                        address.port(),
                        address.name());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}

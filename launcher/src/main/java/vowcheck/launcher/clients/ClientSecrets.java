package vowcheck.launcher.clients;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.Filter;
import software.amazon.awssdk.services.secretsmanager.model.FilterNameStringType;
import software.amazon.awssdk.services.secretsmanager.model.SecretListEntry;
import software.amazon.awssdk.services.secretsmanager.model.SecretsManagerException;
import vowcheck.adapters.clients.ClientKeysJson;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.secrets.Secrets;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.ClientKeys;
import vowcheck.core.clients.ClientName;
import vowcheck.launcher.setup.CommandFailed;

/// The secrets of a stage's clients, which its data stack has made.
public final class ClientSecrets {

    private final SecretsManagerClient secrets;
    private final StageName stage;

    public ClientSecrets(SecretsManagerClient secrets, StageName stage) {
        this.secrets = secrets;
        this.stage = stage;
    }

    /// The keys of all clients. Throws [CommandFailed] when the stage has none, or a secret cannot be read.
    SortedMap<ClientName, ClientKeys> all() {
        var keys = new TreeMap<ClientName, ClientKeys>();
        entries().forEach(entry -> {
            var client = new ClientName(entry.name().substring(prefix().length()));
            keys.put(client, read(client));
        });
        return keys;
    }

    /// The newest key that is valid at a time, of each client that has one.
    public SortedMap<ClientName, ApiKey> newestAt(Instant time) {
        var newest = new TreeMap<ClientName, ApiKey>();
        all().forEach((client, keys) -> keys.newestAt(time).ifPresent(key -> newest.put(client, key)));
        return newest;
    }

    /// The key that a client uses: its newest one that is valid at a time. Throws [CommandFailed] when it has none.
    public ApiKey newestAt(ClientName client, Instant time) {
        return read(client)
                .newestAt(time)
                .orElseThrow(() -> new CommandFailed("the client %s has no valid key: ./vowcheck key new %s%s"
                        .formatted(client, client, stage.option())));
    }

    /// The account of the stage.
    String account() {
        return Arn.fromString(entries().getFirst().arn()).accountId().orElseThrow();
    }

    ClientKeys read(ClientName client) {
        var name = ResourceNames.clientSecret(stage.value(), client);
        try {
            @Nullable
            String text = secrets.getSecretValue(get -> get.secretId(name)).secretString();
            return ClientKeysJson.read(text == null ? "" : text);
        } catch (SecretsManagerException e) {
            throw Secrets.deletion(name, e)
                    .<RuntimeException>map(sentence -> new CommandFailed(sentence, e))
                    .orElse(e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("the secret %s is damaged (%s): put a former version of it back, or {\"keys\":[]}"
                    .formatted(name, e.getMessage()));
        }
    }

    void write(ClientName client, ClientKeys keys) {
        secrets.putSecretValue(put -> put.secretId(ResourceNames.clientSecret(stage.value(), client))
                .secretString(ClientKeysJson.write(keys)));
    }

    private List<SecretListEntry> entries() {
        var found = secrets
                .listSecretsPaginator(list -> list.filters(Filter.builder()
                        .key(FilterNameStringType.NAME)
                        .values(prefix())
                        .build()))
                .stream()
                .flatMap(page -> page.secretList().stream())
                .filter(entry -> entry.name().startsWith(prefix())) // the filter ignores case
                .toList();
        if (found.isEmpty()) {
            throw new CommandFailed(
                    "the stage %s has no clients in this account and region: deploy it first".formatted(stage.value()));
        }
        return found;
    }

    private String prefix() {
        return ResourceNames.clientSecrets(stage.value());
    }
}

package vowcheck.launcher.clients;

import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import vowcheck.adapters.aws.AwsClients;
import vowcheck.adapters.clients.S3KeyEnds;
import vowcheck.adapters.deployment.ResourceNames;
import vowcheck.adapters.deployment.StageName;
import vowcheck.core.clients.ApiKey;
import vowcheck.core.clients.ClientKeys;
import vowcheck.core.clients.ClientName;
import vowcheck.core.clients.IssuedKey;
import vowcheck.core.clients.KeyEndsUnavailable;
import vowcheck.core.clients.KeyId;
import vowcheck.launcher.setup.CommandFailed;

/// Issues, ends and revokes the API keys of a stage's clients. Each change is first written to the client's secret,
/// and [#restore] then makes everything else equal to the secrets. So a change that was interrupted is completed by
/// the next one, and keys that were deleted in API Gateway, by hand or because LocalStack was restarted, come back
/// with the same value.
public final class StageKeys {

    /// How long the old keys stay valid unless the caller says otherwise.
    public static final Duration OLD_VALID_FOR = Duration.ofHours(24);

    private final StageName stage;
    private final ClientSecrets secrets;
    private final GatewayKeys gateway;
    private final S3Client s3;
    private final InstantSource clock;
    private final RandomGenerator random;

    /// The clients of AWS's services, with the credentials of the caller.
    public record Services(SecretsManagerClient secrets, ApiGatewayClient gateway, S3Client s3)
            implements AutoCloseable {

        /// Clients with the credentials and the region of the environment; locally, LocalStack answers them.
        public static Services ofEnvironment() {
            return new Services(
                    AwsClients.secretsManager(), AwsClients.patient(ApiGatewayClient.builder()), AwsClients.s3());
        }

        @Override
        public void close() {
            secrets.close();
            gateway.close();
            s3.close();
        }
    }

    public StageKeys(StageName stage, Services services, InstantSource clock, RandomGenerator random) {
        this.stage = stage;
        this.secrets = new ClientSecrets(services.secrets(), stage);
        this.gateway = new GatewayKeys(services.gateway(), stage.value());
        this.s3 = services.s3();
        this.clock = clock;
        this.random = random;
    }

    /// Gives a client a new key. Its other keys end after `oldValidFor`.
    public IssuedKey issue(ClientName client, Duration oldValidFor) {
        requireClient(client);
        var now = clock.instant();
        var former = secrets.read(client);
        var key = newKey(client, former);
        secrets.write(client, former.with(key, now, oldValidFor));
        requireStored(key);
        restore();
        return new IssuedKey(key, now);
    }

    /// Gives each client a key that has no valid one, and then restores all. Returns the clients that got one.
    public List<ClientName> issueFirst() {
        var now = clock.instant();
        var served = new ArrayList<ClientName>();
        for (var client : admitted().keySet()) {
            var keys = secrets.read(client);
            if (keys.newestAt(now).isEmpty()) {
                secrets.write(client, keys.with(newKey(client, keys), now, OLD_VALID_FOR));
                served.add(client);
            }
        }
        restore();
        return served;
    }

    /// Ends a key at once: API Gateway loses it, and the functions refuse it as soon as they read the ends.
    public void revoke(KeyId id) {
        requireClient(id.client());
        var keys = secrets.read(id.client());
        if (keys.find(id).isEmpty()) {
            throw new CommandFailed(
                    "the client %s has no key %s: ./vowcheck key list%s".formatted(id.client(), id, stage.option()));
        }
        secrets.write(id.client(), keys.revoked(id, clock.instant()));
        restore();
    }

    /// The newest valid key of each client that has one.
    public SortedMap<ClientName, ApiKey> newest() {
        return secrets.newestAt(clock.instant());
    }

    /// The key that a client uses: its newest valid one.
    public ApiKey newest(ClientName client) {
        requireClient(client);
        return secrets.newestAt(client, clock.instant());
    }

    /// Makes API Gateway's keys and the object with the ends equal to the secrets.
    public void restore() {
        var now = clock.instant();
        var plans = gateway.plans();
        var ends = new TreeMap<KeyId, Instant>();
        var wanted = new ArrayList<ApiKey>();
        secrets.all().forEach((client, keys) -> {
            keys.keys()
                    .forEach(
                            key -> key.end().ifPresent(end -> ends.put(key.key().id(), end)));
            if (plans.containsKey(client)) {
                keys.validAt(now).forEach(key -> wanted.add(key.key()));
            }
        });
        // A key is never admitted without its end: the ends come first, and those of keys that are not remembered any
        // more go last.
        var store = new S3KeyEnds(s3, ResourceNames.modelBucket(stage.value(), secrets.account()));
        var both = new TreeMap<>(read(store));
        both.putAll(ends);
        store.write(both);
        gateway.makeEqualTo(wanted, plans);
        if (!ends.equals(both)) {
            store.write(ends);
        }
    }

    /// A damaged object is written anew.
    private static Map<KeyId, Instant> read(S3KeyEnds store) {
        try {
            return store.read();
        } catch (KeyEndsUnavailable _) {
            return Map.of();
        }
    }

    /// Secrets Manager keeps the last of two changes that are made at once.
    private void requireStored(ApiKey key) {
        if (secrets.read(key.client()).find(key.id()).isEmpty()) {
            throw new CommandFailed(
                    "somebody else has changed the keys of %s meanwhile: repeat the command".formatted(key.client()));
        }
    }

    /// What is known about each key, by client and age.
    public List<ListedKey> list() {
        var now = clock.instant();
        var plans = gateway.plans();
        var inGateway =
                gateway.keys().stream().collect(toMap(GatewayKeys.GatewayKey::value, key -> key, (one, _) -> one));
        var listed = new ArrayList<ListedKey>();
        secrets.all().forEach((client, keys) -> {
            var plan = plans.get(client);
            var used = plan == null
                    ? Map.<String, Long>of()
                    : gateway.used(plan, LocalDate.ofInstant(now, ZoneOffset.UTC));
            for (var key : keys.keys()) {
                listed.add(listed(key, now, plan, inGateway.get(key.key().value()), used));
            }
        });
        return listed;
    }

    /// The keys in the clients' usage plans that are in no client's secret.
    public List<UnmanagedKey> unmanaged() {
        var issued = secrets.all().values().stream()
                .flatMap(keys -> keys.keys().stream())
                .map(key -> key.key().value())
                .collect(toSet());
        var own = gateway.keys().stream()
                .filter(key -> issued.contains(key.value()))
                .map(GatewayKeys.GatewayKey::gatewayId)
                .collect(toSet());
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var unmanaged = new ArrayList<UnmanagedKey>();
        new TreeMap<>(gateway.plans()).forEach((client, plan) -> {
            var others = new TreeMap<>(gateway.namesOf(plan));
            others.keySet().removeAll(own);
            var used = others.isEmpty() ? Map.<String, Long>of() : gateway.used(plan, today);
            others.forEach((id, name) -> unmanaged.add(new UnmanagedKey(id, name, client, used.getOrDefault(id, 0L))));
        });
        return unmanaged;
    }

    /// The clients of the stage with their usage plans.
    private SortedMap<ClientName, UsagePlan> admitted() {
        var admitted = new TreeMap<>(gateway.plans());
        admitted.keySet().retainAll(secrets.all().keySet());
        return admitted;
    }

    private void requireClient(ClientName client) {
        var known = admitted().keySet();
        if (!known.contains(client)) {
            if (gateway.plans().containsKey(client)) {
                secrets.read(client); // says what became of its secret
            }
            throw new CommandFailed("the stage %s has no client '%s', expected one of %s"
                    .formatted(
                            stage.value(),
                            client,
                            String.join(
                                    ", ", known.stream().map(ClientName::value).toList())));
        }
    }

    private ApiKey newKey(ClientName client, ClientKeys former) {
        ApiKey key;
        do {
            key = ApiKey.random(client, random);
        } while (former.find(key.id()).isPresent());
        return key;
    }

    private static ListedKey listed(
            IssuedKey key,
            Instant now,
            @Nullable UsagePlan plan,
            GatewayKeys.@Nullable GatewayKey inGateway,
            Map<String, Long> used) {
        var state = key.hasEndedBy(now)
                ? ListedKey.State.ENDED
                : plan == null
                        ? ListedKey.State.REMOVED
                        : inGateway == null
                                ? ListedKey.State.MISSING
                                : inGateway.enabled() ? ListedKey.State.VALID : ListedKey.State.DISABLED;
        return new ListedKey(
                key,
                state,
                Optional.ofNullable(inGateway).map(GatewayKeys.GatewayKey::gatewayId),
                inGateway == null ? 0 : used.getOrDefault(inGateway.gatewayId(), 0L),
                Optional.ofNullable(plan).flatMap(GatewayKeys::quota));
    }
}

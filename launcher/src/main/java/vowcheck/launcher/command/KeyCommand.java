package vowcheck.launcher.command;

import static java.util.Objects.requireNonNull;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import vowcheck.adapters.deployment.StageName;
import vowcheck.adapters.json.JsonObject;
import vowcheck.core.clients.ClientName;
import vowcheck.core.clients.KeyId;
import vowcheck.launcher.TextTable;
import vowcheck.launcher.clients.ListedKey;
import vowcheck.launcher.clients.StageKeys;
import vowcheck.launcher.clients.UnmanagedKey;

@Command(
        name = "key",
        description = {
            "Lists, makes, shows and revokes the API keys of the clients.",
            "Predictions belong to the client, whichever of its keys it uses."
        })
final class KeyCommand implements Callable<Integer> {

    private static final Pattern TIME = Pattern.compile("(\\d{1,5})([smhd])");

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "ACTION",
            description = {
                "list: every key, with what it has used today; the default.",
                "new CLIENT: makes a key; the former ones end later.",
                "show CLIENT: prints the client's newest key.",
                "revoke KEY: ends a key at once.",
                "restore: makes keys again that somebody has deleted in API Gateway."
            })
    private KeyAction action = KeyAction.LIST;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "CLIENT|KEY",
            description = "A client such as clerks, or a key's id such as clerks-Ab12Cd34.")
    private @Nullable String subject;

    @Option(
            names = "--old-valid-for",
            paramLabel = "TIME",
            description = "With new: how long the former keys stay valid, such as 30m, 24h or 7d; by default 24h.")
    private Duration oldValidFor = StageKeys.OLD_VALID_FOR;

    @Option(names = "--json", description = "With list: prints JSON.")
    private boolean json;

    @Mixin
    private StageOption stage = new StageOption();

    @Spec
    private @Nullable CommandSpec spec;

    private final Invocation invocation;

    KeyCommand(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public Integer call() {
        switch (action) {
            case LIST -> {
                requireNoSubject();
                withKeys(this::list);
            }
            case NEW -> {
                var client = subject("CLIENT", ClientName::new);
                withKeys(keys -> make(keys, client));
            }
            case SHOW -> {
                var client = subject("CLIENT", ClientName::new);
                withKeys(keys -> invocation.out().println(keys.newest(client).value()));
            }
            case REVOKE -> {
                var id = subject("KEY", KeyId::new);
                withKeys(keys -> revoke(keys, id));
            }
            case RESTORE -> {
                requireNoSubject();
                withKeys(this::restore);
            }
        }
        return CommandLine.ExitCode.OK;
    }

    /// A time such as `30m`. Throws [IllegalArgumentException] for another text.
    static Duration time(String text) {
        var matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("a time is '%s', expected one such as 30m, 24h or 7d".formatted(text));
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    private void withKeys(Consumer<StageKeys> use) {
        // Both refuse where the local system does not run.
        var target = (changes() ? invocation.stageToChange(stage) : invocation.stage(stage)).name();
        try (var services = StageKeys.Services.ofEnvironment()) {
            use.accept(new StageKeys(target, services, invocation.clock(), new SecureRandom()));
        }
    }

    private boolean changes() {
        return switch (action) {
            case LIST, SHOW -> false;
            case NEW, REVOKE, RESTORE -> true;
        };
    }

    private void list(StageKeys keys) {
        var listed = keys.list();
        var unmanaged = keys.unmanaged();
        if (json) {
            invocation
                    .out()
                    .println(new JsonObject()
                            .with("keys", listed.stream().map(KeyCommand::entry).toList())
                            .with(
                                    "unmanaged_keys",
                                    unmanaged.stream().map(KeyCommand::entry).toList())
                            .json());
            return;
        }
        var table = new TextTable(invocation.style(), "KEY", "STATE", "CREATED", "VALID UNTIL", "LAST 4", "USED TODAY");
        listed.forEach(key -> table.row(
                key.issued().key().id().value(),
                key.state().word(),
                seconds(key.issued().created()),
                key.issued().end().map(KeyCommand::seconds).orElse("-"),
                key.lastCharacters(),
                used(key)));
        table.print(invocation.out());
        unmanaged.forEach(key -> invocation
                .out()
                .printf(
                        "%s: made by hand in API Gateway, in the usage plan of %s, used %,d times today; it can score,"
                                + " but its predictions belong to no client%n",
                        key.name().isEmpty() ? key.gatewayId() : "%s (%s)".formatted(key.name(), key.gatewayId()),
                        key.plan(),
                        key.usedToday()));
    }

    private void make(StageKeys keys, ClientName client) {
        var made = keys.issue(client, oldValidFor).key().id();
        var option = stage.given().map(StageName::option).orElse("");
        invocation.out().println("made the key %s".formatted(made));
        invocation.out().println("give it to the client: ./vowcheck key show %s%s".formatted(client, option));
        invocation
                .out()
                .println("the client's former keys: ./vowcheck key list%s shows until when they are valid"
                        .formatted(option));
    }

    private void revoke(StageKeys keys, KeyId id) {
        keys.revoke(id);
        invocation.out().println("revoked the key %s: it is refused from now on".formatted(id));
    }

    private void restore(StageKeys keys) {
        keys.restore();
        invocation.out().println("API Gateway has the keys of all clients");
    }

    private static JsonObject entry(ListedKey key) {
        return new JsonObject()
                .with("key", key.issued().key().id().value())
                .with("client", key.issued().key().client().value())
                .with("state", key.state().word())
                .with("created", key.issued().created().toString())
                .withPresent("valid_until", key.issued().end().map(Instant::toString))
                .with("last_characters", key.lastCharacters())
                .withPresent("api_key_id", key.gatewayId())
                .with("used_today", key.usedToday())
                .withPresent("quota_per_day", key.quota());
    }

    private static JsonObject entry(UnmanagedKey key) {
        return new JsonObject()
                .with("api_key_id", key.gatewayId())
                .with("name", key.name())
                .with("usage_plan_of", key.plan().value())
                .with("used_today", key.usedToday());
    }

    private static String used(ListedKey key) {
        return key.quota()
                .map(quota -> "%,d of %,d".formatted(key.usedToday(), quota))
                .orElse("%,d".formatted(key.usedToday()));
    }

    private static String seconds(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private <T> T subject(String label, Function<String, T> type) {
        if (subject == null) {
            throw wrong("%s is missing".formatted(label));
        }
        try {
            return type.apply(subject);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private void requireNoSubject() {
        if (subject != null) {
            throw wrong("unexpected argument '%s'".formatted(subject));
        }
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(requireNonNull(spec).commandLine(), sentence);
    }
}

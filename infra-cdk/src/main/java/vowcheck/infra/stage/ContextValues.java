package vowcheck.infra.stage;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import vowcheck.adapters.deployment.ContextKey;

/// What was said at a synthesis as `-c KEY=VALUE`, apart from CDK's own keys.
public final class ContextValues {
    /// Feature flags, the CLI's own values, and what CDK has looked up in an account, such as
    /// `availability-zones:account=…`.
    private static final List<String> OF_CDK = List.of("@aws-cdk/", "@aws-cdk-containers/", "aws:cdk:", "aws-cdk:");

    private static final String LOOKED_UP = ":account=";

    /// What the CLI itself keeps in `cdk.context.json` and in the home folder's `.cdk.json`.
    private static final Set<String> OF_CLI = Set.of("cli-telemetry", "acknowledged-issue-numbers");

    private final Map<ContextKey, String> values = new EnumMap<>(ContextKey.class);

    private ContextValues() {}

    /// The values of an app's context.
    ///
    /// @throws IllegalArgumentException for an empty value, and for a key that nobody reads: it would be a
    ///     misspelt setting that has no effect
    public static ContextValues of(Map<String, ?> context) {
        var result = new ContextValues();
        new TreeMap<>(context).forEach((key, value) -> {
            if (!ofCdk(key)) {
                result.values.put(known(key), text(key, value));
            }
        });
        return result;
    }

    /// The value of a key, if it was given.
    public Optional<String> value(ContextKey key) {
        return Optional.ofNullable(values.get(key));
    }

    /// The parts of a value that commas separate; none, if it was not given.
    List<String> list(ContextKey key) {
        return value(key).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .toList();
    }

    private static boolean ofCdk(String key) {
        return OF_CDK.stream().anyMatch(key::startsWith) || key.contains(LOOKED_UP) || OF_CLI.contains(key);
    }

    private static ContextKey known(String key) {
        return Arrays.stream(ContextKey.values())
                .filter(known -> known.text().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no context key '%s': expected %s".formatted(key, ContextKey.all())));
    }

    /// A number in `cdk.json` is as good as its text.
    private static String text(String key, Object value) {
        var text = value instanceof String || value instanceof Number
                ? value.toString().strip()
                : "";
        if (text.isEmpty()) {
            throw new IllegalArgumentException("%s is '%s': expected a text".formatted(key, value));
        }
        return text;
    }
}

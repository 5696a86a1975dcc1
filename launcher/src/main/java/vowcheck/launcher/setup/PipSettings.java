package vowcheck.launcher.setup;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where pip was told to find packages, in its files or in the environment. uv reads neither, so it gets these settings
/// in its own variables.
///
/// @param values the settings by name, such as `index-url`
record PipSettings(Map<String, String> values) {

    /// `global.index-url='https://…'`: a section, or `:env:`, a name and a value as Python writes it.
    private static final Pattern SETTING =
            Pattern.compile("(?:global|install|:env:)\\.(?<name>[a-z-]+)='(?<value>.*)'");

    /// As the pip of an environment has read them.
    static PipSettings read(Path python) {
        return parse(Prerequisites.output(python.toString(), "-m", "pip", "config", "list")
                .orElse(""));
    }

    /// Reads what `pip config list` prints: pip's files first, then the environment, which wins.
    static PipSettings parse(String listed) {
        var values = new HashMap<String, String>();
        var environment = new HashMap<String, String>();
        listed.lines()
                .map(SETTING::matcher)
                .filter(matcher -> matcher.matches())
                .forEach(setting -> {
                    var target = setting.group().startsWith(":env:") ? environment : values;
                    target.put(
                            setting.group("name"),
                            setting.group("value").replace("\\n", " ").strip());
                });
        values.putAll(environment);
        return new PipSettings(Map.copyOf(values));
    }

    /// The variables for uv; what the environment sets for uv itself stays as it is.
    Map<String, String> forUv(Map<String, String> environment) {
        var variables = new HashMap<String, String>();
        put(variables, "index-url", "UV_DEFAULT_INDEX");
        put(variables, "extra-index-url", "UV_INDEX");
        value("find-links").ifPresent(it -> variables.put("UV_FIND_LINKS", it.replaceAll("\\s+", ",")));
        put(variables, "trusted-host", "UV_INSECURE_HOST");
        put(variables, "cert", "SSL_CERT_FILE");
        put(variables, "proxy", "ALL_PROXY");
        value("timeout").or(() -> value("default-timeout")).ifPresent(it -> variables.put("UV_HTTP_TIMEOUT", it));
        if (environment.containsKey("UV_INDEX_URL")) {
            variables.remove("UV_DEFAULT_INDEX");
        }
        variables.keySet().removeAll(environment.keySet());
        return variables;
    }

    private void put(Map<String, String> variables, String setting, String variable) {
        value(setting).ifPresent(it -> variables.put(variable, it));
    }

    private Optional<String> value(String setting) {
        return Optional.ofNullable(values.get(setting)).filter(it -> !it.isEmpty());
    }
}

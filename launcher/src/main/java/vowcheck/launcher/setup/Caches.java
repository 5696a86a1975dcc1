package vowcheck.launcher.setup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Where uv, npm, Maven and the CDK keep what they have downloaded or unpacked: in the user's home, as always, or in
/// the
/// folder of the tools if the home cannot be written.
///
/// @param environment variables for the tools
/// @param maven arguments for Maven
public record Caches(Map<String, String> environment, List<String> maven) {

    /// The caches of this machine.
    public static Caches find(Path tools) {
        return find(tools.resolve("cache"), System.getenv(), Path.of(System.getProperty("user.home")));
    }

    /// @param userHome the home that the JDK, and so Maven, knows; the other tools follow `HOME`
    static Caches find(Path replacement, Map<String, String> environment, Path userHome) {
        var home = Path.of(environment.getOrDefault("HOME", userHome.toString()));
        var cache = Path.of(environment.getOrDefault(
                "XDG_CACHE_HOME", home.resolve(".cache").toString()));
        var variables = new HashMap<String, String>();
        if (!writable(cache.resolve("uv"))) {
            variables.put("UV_CACHE_DIR", replacement.resolve("uv").toString());
        }
        if (!writable(home.resolve(".npm"))) {
            variables.put("npm_config_cache", replacement.resolve("npm").toString());
        }
        if (!writable(home.resolve(".cache/aws/jsii"))) {
            variables.put(
                    "JSII_RUNTIME_PACKAGE_CACHE_ROOT",
                    replacement.resolve("jsii").toString());
        }
        variables.keySet().removeAll(environment.keySet());
        boolean chosen = List.of("MAVEN_OPTS", "MAVEN_ARGS").stream()
                .anyMatch(name -> environment.getOrDefault(name, "").contains("maven.repo.local"));
        var maven = chosen || writable(userHome.resolve(".m2/repository"))
                ? List.<String>of()
                : List.of("-Dmaven.repo.local=" + replacement.resolve("maven"));
        return new Caches(Map.copyOf(variables), maven);
    }

    private static boolean writable(Path folder) {
        for (var existing = folder.toAbsolutePath(); existing != null; existing = existing.getParent()) {
            if (Files.exists(existing)) {
                return Files.isWritable(existing);
            }
        }
        return false;
    }
}

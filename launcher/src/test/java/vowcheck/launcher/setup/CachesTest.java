package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachesTest {

    /// Nobody can write there, not even root.
    private static final Path READ_ONLY = Path.of("/proc/self");

    @TempDir
    private Path folder;

    private Path replacement;

    @BeforeEach
    void replacement() {
        replacement = folder.resolve("cache");
    }

    @Test
    void theHomesCachesAreUsed() throws IOException {
        var home = Files.createDirectory(folder.resolve("home"));

        var caches = Caches.find(replacement, Map.of("HOME", home.toString()), home);

        assertThat(caches.environment()).isEmpty();
        assertThat(caches.maven()).isEmpty();
    }

    @Test
    void withoutAHomeThatCanBeWrittenTheyAreBesideTheTools() {
        var caches = Caches.find(replacement, Map.of("HOME", READ_ONLY.toString()), READ_ONLY);

        assertThat(caches.environment())
                .containsEntry("UV_CACHE_DIR", replacement.resolve("uv").toString())
                .containsEntry("npm_config_cache", replacement.resolve("npm").toString())
                .containsEntry(
                        "JSII_RUNTIME_PACKAGE_CACHE_ROOT",
                        replacement.resolve("jsii").toString());
        assertThat(caches.maven()).containsExactly("-Dmaven.repo.local=" + replacement.resolve("maven"));
    }

    @Test
    void aChosenCacheStays() {
        var environment = Map.of(
                "HOME", READ_ONLY.toString(),
                "UV_CACHE_DIR", "/somewhere",
                "npm_config_cache", "/somewhere",
                "JSII_RUNTIME_PACKAGE_CACHE_ROOT", "/somewhere",
                "MAVEN_OPTS", "-Dmaven.repo.local=/somewhere");

        var caches = Caches.find(replacement, environment, READ_ONLY);

        assertThat(caches.environment()).isEmpty();
        assertThat(caches.maven()).isEmpty();
    }
}

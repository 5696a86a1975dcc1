package vowcheck.launcher.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import vowcheck.launcher.ShellScript;

/// What a build takes over from the builds before it. A script takes Maven's place; like Maven, it leaves classes that
/// exist as they are.
class MavenBuildTest {

    private static final String MAVEN = """
            case "$*" in *-Dcompiler.checks=*) checks=unchecked ;; *) checks=checked ;; esac
            for module in %s; do
              mkdir -p $module/target/classes
              [ -e $module/target/classes/A.class ] || echo $checks >$module/target/classes/A.class
            done
            mkdir -p launcher/target/lib && touch launcher/target/vowcheck-launcher.jar
            """.formatted(String.join(" ", MavenBuild.FUNCTIONS));

    @TempDir
    private Path root;

    private MavenBuild build;

    @BeforeEach
    void aRepository() throws IOException {
        for (var source : MavenBuild.SOURCES) {
            Files.createDirectories(root.resolve(source));
        }
        var maven = ShellScript.write(root.resolve("mvn"), MAVEN);
        build = new MavenBuild(
                root,
                maven.toString(),
                new Stamps(Files.createDirectory(root.resolve("tools"))),
                new Caches(Map.of(), List.of()),
                new LoggedCommands(Files.createDirectory(root.resolve("logs"))),
                new Progress(new PrintStream(OutputStream.nullOutputStream()), InstantSource.system(), Instant.EPOCH));
    }

    @Test
    void whatWasCompiledWithoutChecksIsCompiledAgainWithThem() throws IOException {
        build.functionsUnchecked();
        assertThat(classes()).containsOnly("unchecked");

        build.all();

        assertThat(classes()).containsOnly("checked");
    }

    @Test
    void whatWasCompiledWithChecksStaysWhenAnotherSourceChanges() throws IOException {
        build.all();
        var compiled = Files.writeString(root.resolve("functions/core/target/classes/A.class"), "compiled before\n");
        Files.writeString(root.resolve("launcher/Source.java"), "");

        build.all();

        assertThat(compiled).hasContent("compiled before");
    }

    @Test
    void theCommandsRunFromACopyOfWhatWasBuilt() throws IOException {
        build.all();

        var copies = root.resolve("tools/launcher");
        var build = Files.readString(copies.resolve("current")).strip();
        assertThat(copies.resolve(build).resolve("vowcheck-launcher.jar")).exists();
    }

    private List<String> classes() throws IOException {
        var contents = new ArrayList<String>();
        for (var module : MavenBuild.FUNCTIONS) {
            contents.add(Files.readString(root.resolve(module).resolve("target/classes/A.class"))
                    .strip());
        }
        return contents;
    }
}

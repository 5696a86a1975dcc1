package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The archive of classes that `up` has made, in a copy of the clone whose files can be damaged.
@ExtendWith(RunningSystem.class)
@Order(2)
class ClassArchiveIT {

    private static final String ARCHIVE = "vowcheck-launcher.aot";
    private static final String JAR = "vowcheck-launcher.jar";

    /// A command that uses the launcher, and no system.
    private static final String[] COMMAND = {"completion", "bash"};

    @TempDir
    private Path clone;

    private Path copy;
    private Launcher launcher;

    /// @param system whose `up` has made the archive
    ClassArchiveIT(LocalSystem system) {
        assertThat(system.folder()).exists();
    }

    @BeforeEach
    void anotherClone() throws IOException {
        var copies = Path.of(".local", "tools", "launcher");
        var current = Files.readString(LocalSystem.ROOT.resolve(copies).resolve("current"));
        copy = Files.createDirectories(clone.resolve(copies).resolve(current.strip()));
        Files.writeString(clone.resolve(copies).resolve("current"), current);
        for (var name : List.of("lib", JAR, ARCHIVE)) {
            link(copy.resolve(name));
        }
        link(Files.createDirectory(clone.resolve("launcher")).resolve("usage"));
        Files.copy(LocalSystem.ROOT.resolve("vowcheck"), clone.resolve("vowcheck"), StandardCopyOption.COPY_ATTRIBUTES);
        launcher = new Launcher(clone, clone.resolve("system"));
    }

    private void link(Path file) throws IOException {
        Files.createSymbolicLink(file, LocalSystem.ROOT.resolve(clone.relativize(file)));
    }

    @Test
    void commandsTakeTheirClassesFromIt() throws IOException {
        assertThat(loaded())
                .contains(
                        "vowcheck.launcher.command.Main source: shared objects file",
                        "picocli.CommandLine source: shared objects file");
    }

    /// The JVM would not notice: it compares neither the time nor the size of the jars.
    @Test
    void anotherBuildDoesNotUseIt() throws IOException {
        var usual = launcher.run(COMMAND);
        var other = copy.resolveSibling("another-build");
        Files.move(copy, other);
        Files.delete(other.resolve(ARCHIVE));
        Files.writeString(other.resolveSibling("current"), "another-build\n");

        assertThat(launcher.run(COMMAND)).isEqualTo(usual);
        assertThat(usual.exitCode()).isZero();
        assertThat(loaded()).contains("vowcheck.launcher.command.Main source: file:");
    }

    @Test
    void aDamagedOneIsLeftAloneInSilence() throws IOException {
        var usual = launcher.run(COMMAND);
        Files.delete(copy.resolve(ARCHIVE));
        Files.writeString(copy.resolve(ARCHIVE), "damaged");

        assertThat(launcher.run(COMMAND)).isEqualTo(usual);
        assertThat(usual.exitCode()).isZero();
        assertThat(loaded()).contains("vowcheck.launcher.command.Main source: file:");
    }

    /// Each class that a command loads, and where from.
    private String loaded() throws IOException {
        var log = clone.resolve("loaded.log");
        launcher.run(Map.of("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + log), COMMAND);
        return Files.readString(log);
    }
}

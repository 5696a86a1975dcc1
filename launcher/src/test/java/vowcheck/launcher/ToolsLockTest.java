package vowcheck.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two systems share what is installed and built. `./vowcheck` runs here with a script in place of Java,
/// which records whether another `./vowcheck` could take the lock of the tools meanwhile.
class ToolsLockTest {

    private static final String RECORD = """
            flock --nonblock .local/tools/lock true && lock=free || lock=held
            echo "$step: $lock" >>steps
            """;

    private static final String JAR = " -jar .local/tools/launcher/one/vowcheck-launcher.jar ";

    @TempDir
    private Path root;

    private Path main;
    private Launcher launcher;

    @BeforeEach
    void aRepositoryWithScripts() throws IOException {
        var script = Path.of("..", "vowcheck");
        Files.setPosixFilePermissions(
                Files.copy(script, root.resolve("vowcheck")), Files.getPosixFilePermissions(script));
        main = root.resolve("launcher/target/classes/vowcheck/launcher/command/Main.class");
        Files.createDirectories(main.getParent());
        Files.createFile(main);
        for (var command : List.of("up", "redeploy", "down", "open")) {
            var usage = Path.of("usage", command + ".txt");
            Files.createDirectories(root.resolve("launcher/usage"));
            Files.copy(usage, root.resolve("launcher").resolve(usage));
        }
        Files.writeString(Files.createDirectory(root.resolve("infra-cdk")).resolve("pretended-types.txt"), "A::B::C\n");
        Files.writeString(Files.createDirectory(root.resolve("jdk")).resolve("release"), "JAVA_VERSION=\"25\"\n");
        ShellScript.write(root.resolve("jdk/bin/java"), """
                case "$*" in
                  *Setup.java*) step=setup; echo 4566 >.local/system/port ;;
                  *) step=$(echo "$*" | sed 's/.*Main [^ ]* [^ ]* [^ ]* //; s/ .*//') ;;
                esac
                """ + RECORD);
        launcher = new Launcher(root, root.resolve(".local/system"));
    }

    @Test
    void noOtherSystemBuildsUntilTheTemplatesOfThisBuildAreMade() throws IOException {
        run("up");

        assertThat(Files.readAllLines(root.resolve("steps")))
                .containsExactly("setup: held", "synthesize: held", "up: free");
    }

    @Test
    void aRedeploymentBuildsAlone() throws IOException {
        run("redeploy");

        assertThat(Files.readAllLines(root.resolve("steps"))).containsExactly("redeploy: held");
    }

    @Test
    void whileAnotherBuildsACommandRunsFromTheCopyOfTheLastBuild() throws Exception {
        Files.setLastModifiedTime(copyOfAnOldBuild(), FileTime.from(Instant.EPOCH));

        var builds = new ProcessBuilder("flock", ".local/tools/lock", "sh", "-c", "echo builds; cat")
                .directory(root.toFile())
                .start();
        try {
            assertThat(builds.getInputStream().read()).isNotNegative();
            run("open");
            assertThat(root.resolve("program")).content().contains(JAR);
        } finally {
            builds.getOutputStream().close(); // ends `cat`, and with it the lock
            builds.waitFor();
        }

        run("open");
        assertThat(root.resolve("program")).content().contains(" -cp launcher/target/classes:launcher/target/lib/* ");
    }

    @Test
    void classesOfAFormerBuildThatIsCurrentAgainAreNotTakenForCompiledByHand() throws IOException {
        Files.setLastModifiedTime(
                copyOfAnOldBuild(),
                FileTime.from(Files.getLastModifiedTime(main).toInstant().plusSeconds(1)));

        run("open");

        assertThat(root.resolve("program")).content().contains(JAR);
    }

    /// Makes Java a script that records what it runs, and the copy of a build of long ago the current one. Returns the
    /// file that says so.
    private Path copyOfAnOldBuild() throws IOException {
        var copy = Files.createDirectories(root.resolve(".local/tools/launcher/one"));
        Files.setLastModifiedTime(
                Files.createFile(copy.resolve("vowcheck-launcher.jar")), FileTime.from(Instant.EPOCH));
        ShellScript.write(root.resolve("jdk/bin/java"), "echo \"$*\" >program");
        return Files.writeString(copy.resolveSibling("current"), "one\n");
    }

    @Test
    void aSystemIsWipedWithoutAnyTool() {
        run("down", "--wipe");
    }

    @Test
    void everythingIsPurgedButTheLock() throws IOException {
        Files.createDirectories(root.resolve(".local/tools/venv"));
        Files.createDirectories(root.resolve("infra-cdk/node_modules/a"));

        run("down", "--wipe", "--purge");

        assertThat(root.resolve(".local/tools")).isDirectoryNotContaining(file -> !file.endsWith("lock"));
        assertThat(root.resolve("infra-cdk/node_modules")).doesNotExist();
        assertThat(root.resolve("launcher/target")).doesNotExist();
    }

    private void run(String... command) {
        var result = launcher.run(Map.of("JAVA_HOME", root.resolve("jdk").toString()), command);
        assertThat(result.exitCode()).as(result.output()).isZero();
    }
}

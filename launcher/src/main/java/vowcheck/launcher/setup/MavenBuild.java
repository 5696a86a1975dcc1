package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What Maven builds of the modules, for all local systems of this clone. Two processes must not do this at the same
/// time.
public final class MavenBuild {

    /// Name of the stamp of what was built.
    public static final String STAMP = "build";

    static final List<String> SOURCES = List.of(
            "pom.xml", ".mvn", "functions", "mlflow", "infra-cdk", "launcher", "initdb", "events", "model-artifacts");

    /// The modules that the functions' code consists of.
    static final List<String> FUNCTIONS = List.of("functions/core", "functions/adapters", "functions/lambda");

    private static final Path LAUNCHER = Path.of("launcher", "target");
    private static final Path BENCH = Path.of("bench", "target");

    private final Path root;
    private final String maven;
    private final Stamps stamps;
    private final LauncherCopies copies;
    private final Caches caches;
    private final LoggedCommands commands;
    private final Progress progress;

    /// @param root the root of the repository
    /// @param maven the program
    MavenBuild(Path root, String maven, Stamps stamps, Caches caches, LoggedCommands commands, Progress progress) {
        this.root = root;
        this.maven = maven;
        this.stamps = stamps;
        this.copies = LauncherCopies.in(stamps.folder());
        this.caches = caches;
        this.commands = commands;
        this.progress = progress;
    }

    /// The build of the repository whose root is the current directory.
    public MavenBuild(LoggedCommands commands, Progress progress) {
        this(Path.of(""), "mvn", new Stamps(Tools.FOLDER), Caches.find(Tools.FOLDER), commands, progress);
    }

    /// Builds everything but the bench and the tests, unless the sources are what they were at the last build.
    void all() throws IOException {
        boolean unchecked = stamps.read(STAMP).isEmpty();
        var log = "maven.log";
        var digest = digest();
        stamps.once(
                STAMP,
                product(),
                digest,
                () -> progress.during(
                        UpStep.BUILD, () -> MavenLog.progress(commands.logs().resolve(log)), () -> {
                            if (unchecked) {
                                deleteFunctions();
                            }
                            deleteCopied(LAUNCHER, "lib", "postgresql", "runtime-interface-client");
                            // Modules that do not use each other are built at the same time.
                            run(log, "-T2", "-DskipTests", "-Dtests.compile.skip", "-pl", "!bench", "package");
                            copies.keep(digest, root.resolve(LAUNCHER));
                        }));
    }

    /// Whether [#all] would build.
    boolean needed() throws IOException {
        return !stamps.current(STAMP, product(), digest());
    }

    private Path product() {
        return root.resolve(LAUNCHER).resolve(LauncherCopies.JAR);
    }

    private String digest() throws IOException {
        var digest = new Digest();
        for (var source : SOURCES) {
            digest.files(root.resolve(source));
        }
        return digest.hex();
    }

    /// Builds the bench and the functions that it measures.
    void bench() throws IOException {
        progress.during(UpStep.BENCH, () -> {
            deleteCopied(BENCH, "lib", "runtime-interface-client");
            run("bench-build.log", "-DskipTests", "-Dspotless.check.skip", "-pl", "bench", "-am", "package");
        });
    }

    /// Builds the functions' code in seconds: without tests and without the checks of the compiler and the format. The
    /// stamp is removed, so that the next [#all] compiles the code again, with all checks.
    public void functionsUnchecked() throws IOException {
        stamps.forget(STAMP);
        progress.during(
                UpStep.FUNCTIONS,
                () -> run(
                        "redeploy.log",
                        "-DskipTests",
                        "-Dtests.compile.skip",
                        "-Dcompiler.checks=-XDchecks=none", // an option that javac ignores
                        "-Denforcer.skip",
                        "-pl",
                        String.join(",", FUNCTIONS),
                        "package"));
    }

    /// Maven would take classes that were compiled without checks for up to date. The whole folder goes: it also
    /// records what was unpacked between the classes.
    private void deleteFunctions() throws IOException {
        for (var module : FUNCTIONS) {
            FileTree.delete(root.resolve(module).resolve("target"));
        }
    }

    /// Maven adds jars to a folder and never removes an older version.
    private void deleteCopied(Path target, String... folders) throws IOException {
        for (var folder : folders) {
            FileTree.delete(root.resolve(target).resolve(folder));
        }
    }

    private void run(String log, String... arguments) {
        var command = new ArrayList<>(List.of(maven, "-B"));
        command.addAll(caches.maven());
        command.addAll(List.of(arguments));
        commands.run(log, root, Map.of(), command.toArray(String[]::new));
    }
}

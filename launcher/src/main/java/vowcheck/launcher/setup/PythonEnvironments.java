package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// Virtual environments with exactly the packages of a `requirements.txt`, whose hashes are verified. uv makes them;
/// pip,
/// which Python brings along, installs uv, and takes its place where uv cannot be installed or cannot do its work.
final class PythonEnvironments {

    private static final Path UV_REQUIREMENTS = Path.of("launcher", "uv", "requirements.txt");
    private static final String REQUIREMENTS = "requirements.txt";

    /// Lists setuptools, which builds the packages that PyPI has only as sources.
    private static final Path BUILD = Path.of("localstack", REQUIREMENTS);

    private static final String PROJECT = "pyproject.toml";
    private static final String UV = "uv";

    private final Path root;
    private final Path tools;
    private final String python;
    private final String version;
    private final Stamps stamps;
    private final Caches caches;
    private final LoggedCommands commands;
    private final Progress progress;
    private final ReentrantLock installingUv = new ReentrantLock();

    /// @param root the root of the repository
    /// @param tools an absolute path
    /// @param python the program that makes virtual environments
    PythonEnvironments(
            Path root, Path tools, String python, Caches caches, LoggedCommands commands, Progress progress) {
        this.root = root;
        this.tools = tools;
        this.python = python;
        this.version = python + " "
                + Prerequisites.output(python, "--version").orElse("").strip();
        this.stamps = new Stamps(tools);
        this.caches = caches;
        this.commands = commands;
        this.progress = progress;
    }

    /// Installs the packages that a folder's `requirements.txt` lists, and the folder's own package if it has one.
    ///
    /// @param used modules whose bytecode is written now: they are imported at every start
    void install(String name, UpStep step, Path folder, String... used) throws IOException {
        var log = commands.logs().resolve(packagesLog(name));
        stamps.once(
                name,
                python(name),
                digest(name, folder),
                () -> progress.during(step, () -> UvLog.downloaded(log), () -> {
                    try {
                        byUv(name, folder);
                    } catch (MissingResource e) {
                        throw e;
                    } catch (CommandFailed e) {
                        if (Thread.currentThread().isInterrupted()) {
                            throw e;
                        }
                        progress.say("uv failed, %s with pip".formatted(step.title()));
                        byPip(name, folder);
                    }
                    if (used.length > 0) {
                        var imports = List.of(python(name).toString(), "-c", "import " + String.join(", ", used));
                        run(name + "-bytecode.log", Map.of("PYTHONDONTWRITEBYTECODE", ""), imports);
                    }
                }));
    }

    /// Whether [#install] would install something.
    boolean needed(String name, Path folder) throws IOException {
        return !stamps.current(name, python(name), digest(name, folder));
    }

    private Path python(String name) {
        return tools.resolve(name).resolve("bin/python");
    }

    private String digest(String name, Path folder) throws IOException {
        var digest = new Digest()
                .text("%s %s".formatted(tools.resolve(name), version))
                .files(folder.resolve(REQUIREMENTS));
        if (Files.exists(folder.resolve(PROJECT))) {
            digest.files(folder.resolve(PROJECT));
        }
        return digest.hex();
    }

    private static String packagesLog(String name) {
        return name + "-packages.log";
    }

    private void byUv(String name, Path folder) throws IOException {
        var uv = uv();
        var environment = tools.resolve(name).toString();
        var settings = new HashMap<>(caches.environment());
        settings.putAll(PipSettings.read(python(UV)).forUv(System.getenv()));
        FileTree.delete(tools.resolve(name));
        run(
                name + "-venv.log",
                settings,
                List.of(uv, "venv", "--quiet", "--no-project"),
                "--python",
                python,
                environment);
        var install = List.of(
                uv, "pip", "install", "--build-constraints", root.resolve(BUILD).toString(), "--python", environment);
        packages(name, folder, settings, install);
    }

    private void byPip(String name, Path folder) throws IOException {
        var environment = tools.resolve(name);
        FileTree.delete(environment);
        run(name + "-venv.log", Map.of(), List.of(python, "-m", "venv"), environment.toString());
        packages(name, folder, Map.of(), pip(name));
    }

    private void packages(String name, Path folder, Map<String, String> settings, List<String> install) {
        var requirements = folder.resolve(REQUIREMENTS).toString();
        run(packagesLog(name), settings, install, "--require-hashes", "-r", requirements);
        if (Files.exists(folder.resolve(PROJECT))) {
            run(name + "-own.log", settings, install, "--no-deps", "-e", folder.toString());
        }
    }

    private List<String> pip(String name) {
        return List.of(python(name).toString(), "-m", "pip", "install", "--disable-pip-version-check");
    }

    /// The program; throws [CommandFailed] where it cannot be installed.
    private String uv() throws IOException {
        installingUv.lock();
        try {
            var environment = tools.resolve(UV);
            var program = environment.resolve("bin/uv");
            var digest = new Digest().text(environment + " " + version).files(root.resolve(UV_REQUIREMENTS));
            stamps.once(
                    UV,
                    program,
                    digest.hex(),
                    () -> progress.during(UpStep.UV, () -> {
                        FileTree.delete(environment);
                        run("uv-venv.log", Map.of(), List.of(python, "-m", "venv"), environment.toString());
                        var only = List.of(
                                "--only-binary",
                                ":all:",
                                "--require-hashes",
                                "-r",
                                root.resolve(UV_REQUIREMENTS).toString());
                        run(packagesLog(UV), Map.of(), pip(UV), only.toArray(String[]::new));
                    }));
            return program.toString();
        } finally {
            installingUv.unlock();
        }
    }

    private void run(String log, Map<String, String> settings, List<String> program, String... arguments) {
        var command = new ArrayList<>(program);
        command.addAll(List.of(arguments));
        commands.run(log, Path.of(""), settings, command.toArray(String[]::new));
    }
}

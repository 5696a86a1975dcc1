package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Installs the tools, which all local systems of this clone share, and has the modules built. Each tool is installed
/// once, and again when its definition has changed. Two processes must not do this at the same time.
final class Installation {

    private static final Path POSTGRESQL_JAR = Path.of("launcher", "target", "postgresql");

    private final Path tools;
    private final String python;
    private final Stamps stamps;
    private final MavenBuild build;
    private final LoggedCommands commands;
    private final Progress progress;

    /// @param tools an absolute path
    /// @param python the program that makes virtual environments
    Installation(Path tools, String python, LoggedCommands commands, Progress progress) {
        this.tools = tools;
        this.python = python;
        this.stamps = new Stamps(tools);
        this.build = new MavenBuild(commands, progress);
        this.commands = commands;
        this.progress = progress;
    }

    /// Everything that a local system needs.
    void forSystem() throws IOException {
        pythonPackages(
                "venv",
                "LocalStack into a virtual environment",
                Path.of("localstack", "constraints.txt"),
                "-e",
                "localstack[test]");
        pythonPackages(
                "mlflow",
                "MLflow into a virtual environment",
                Path.of("mlflow", "constraints.txt"),
                "mlflow[auth]",
                "psycopg2-binary",
                "boto3");
        cdk();
        build.all();
        postgresql();
    }

    /// What only the tests need in addition.
    void forTests() throws IOException {
        pythonPackages(
                "schemathesis",
                "schemathesis, which calls the API as its document says",
                Path.of("launcher", "src", "test", "schemathesis", "constraints.txt"),
                "schemathesis");
    }

    /// The browser for the tests of the web pages; root can have it installed by the package manager.
    void browser() throws IOException {
        if (Prerequisites.onPath("chromedriver")) {
            return;
        }
        var root = Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
        if (!root || !Prerequisites.onPath("apt-get")) {
            throw new CommandFailed("Chromium with its driver is needed for ./vowcheck test --all, no chromedriver was "
                    + "found: install it (Debian: apt-get install chromium-driver)");
        }
        progress.say("installing Chromium and its driver");
        commands.run(
                "apt.log", "sh", "-c", "apt-get update && apt-get install -y --no-install-recommends chromium-driver");
    }

    /// What the bench needs: only what Maven builds.
    void forBench() throws IOException {
        build.bench();
    }

    private void pythonPackages(String name, String title, Path constraints, String... requirements)
            throws IOException {
        var folder = tools.resolve(name);
        var digest = new Digest()
                .text("%s %s %s".formatted(folder, python, Prerequisites.output(python, "--version")))
                .text(String.join(" ", requirements))
                .files(constraints);
        var project = constraints.resolveSibling("pyproject.toml");
        if (Files.exists(project)) {
            digest.files(project);
        }
        stamps.once(name, folder.resolve("bin/python"), digest.hex(), () -> {
            progress.say("installing " + title);
            FileTree.delete(folder);
            commands.run(name + "-venv.log", python, "-m", "venv", folder.toString());
            var pip = new ArrayList<>(List.of(folder.resolve("bin/pip").toString(), "install"));
            pip.addAll(List.of("--disable-pip-version-check", "-c", constraints.toString()));
            pip.addAll(List.of(requirements));
            commands.run(name + "-pip.log", pip.toArray(String[]::new));
        });
    }

    private void cdk() throws IOException {
        var folder = Path.of("infra-cdk");
        var digest = new Digest().files(folder.resolve("package-lock.json")).hex();
        stamps.once("cdk", folder.resolve("node_modules/.bin/cdk"), digest, () -> {
            progress.say("installing the CDK CLI");
            commands.run("npm.log", "npm", "ci", "--prefix", folder.toString(), "--no-audit", "--no-fund");
        });
    }

    private void postgresql() throws IOException {
        Path jar;
        try (var jars = Files.list(POSTGRESQL_JAR)) {
            jar = jars.findFirst().orElseThrow();
        }
        var folder = tools.resolve("postgresql");
        stamps.once("postgresql", folder, jar.getFileName().toString(), () -> {
            progress.say("unpacking PostgreSQL");
            FileTree.delete(folder);
            var venv = tools.resolve("venv/bin/python").toString();
            commands.run("postgresql.log", venv, "-m", "localaws.rds.unpack", jar.toString(), folder.toString());
        });
    }
}

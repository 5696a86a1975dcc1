package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// The first half of `./vowcheck`: `Setup LOCAL_FOLDER BEGUN_EPOCH_SECONDS PYTHON PURPOSE [--quick]`, run from the root
/// of the repository. The purpose is `up`, `test`, `test-all` or `bench`; exit code 0 when the machine has everything
/// that it needs and, for `up`, LocalStack runs.
public final class Setup {

    private Setup() {}

    /// A failure is one sentence on the error output and exit code 1.
    public static void main(String[] arguments) {
        try {
            run(
                    Path.of(arguments[0]),
                    Instant.ofEpochSecond(Long.parseLong(arguments[1])),
                    arguments[2],
                    arguments[3],
                    List.of(arguments).contains("--quick"));
        } catch (IOException | RuntimeException e) {
            System.err.println("vowcheck: " + sentence(e, Path.of(arguments[0])));
            System.exit(1);
        }
    }

    private static String sentence(Exception e, Path local) {
        if (e instanceof CommandFailed) {
            return String.valueOf(e.getMessage());
        }
        return DiskSpace.saysFull(e.toString())
                ? DiskSpace.sentence("the installation", local.resolve("logs"))
                : e.toString();
    }

    private static void run(Path local, Instant begun, String python, String purpose, boolean quick)
            throws IOException {
        var stamps = new Stamps(Tools.FOLDER);
        boolean installed = stamps.read("venv").isPresent()
                && stamps.read("mlflow").isPresent()
                && stamps.read(MavenBuild.STAMP).isPresent();
        Prerequisites.check(local, installed);
        var progress = new Progress(System.out, InstantSource.system(), begun);
        var commands = new LoggedCommands(local.resolve("logs"));
        var installation = new Installation(Tools.FOLDER, python, commands, progress);
        switch (purpose) {
            case "bench" -> installation.forBench();
            case "up" -> {
                progress.plan(new Durations(Tools.DURATIONS), stages(installation, local, quick));
                progress.say("setting up the system" + progress.remaining());
                installation.forSystem(() -> startLocalStack(local, begun, commands, progress));
            }
            case "test", "test-all" -> {
                if (purpose.equals("test-all")) {
                    installation.browser();
                }
                progress.plan(new Durations(Tools.DURATIONS), List.of(installation.plan(false)));
                installation.forSystem(() -> {});
                installation.forTests();
            }
            default -> throw new IllegalArgumentException("the purpose is up, test, test-all or bench, got " + purpose);
        }
    }

    /// What `up` does after this program. Where there is no database yet, it ends with a training.
    public static List<List<List<UpStep>>> afterSetup(Path local, boolean quick) {
        boolean empty = !Files.exists(local.resolve("state").resolve("rds"));
        return List.of(
                List.of(List.of(UpStep.DEPLOYMENT)),
                List.of(empty ? List.of(UpStep.POPULATION) : List.of(), List.of(UpStep.MLFLOW)),
                List.of(empty && !quick ? List.of(UpStep.TRAINING) : List.of()),
                List.of(List.of(UpStep.PREDICTION)));
    }

    /// What `up` will do.
    private static List<List<List<UpStep>>> stages(Installation installation, Path local, boolean quick)
            throws IOException {
        var stages = new ArrayList<>(List.of(installation.plan(true)));
        if (stages.getFirst().stream().anyMatch(chain -> chain.contains(UpStep.BUILD))) {
            stages.add(List.of(List.of(UpStep.SYNTHESIS)));
        }
        stages.addAll(afterSetup(local, quick));
        if (stages.getFirst().stream().anyMatch(chain -> chain.contains(UpStep.BUILD))) {
            stages.add(List.of(List.of(UpStep.ARCHIVE)));
        }
        return stages;
    }

    /// LocalStack chooses MLflow's port, a part of the templates, and needs what Maven builds only when a function
    /// runs.
    private static void startLocalStack(Path local, Instant begun, LoggedCommands commands, Progress progress)
            throws IOException {
        progress.during(
                UpStep.LOCALSTACK,
                () -> commands.show(
                        Tools.python("venv").toString(),
                        "-m",
                        "localaws",
                        "start",
                        local.toString(),
                        "--service",
                        "MLflow=5000",
                        "--begun",
                        String.valueOf(begun.getEpochSecond())));
    }
}

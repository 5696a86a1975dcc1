package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.Progress;
import vowcheck.launcher.setup.Stamps;
import vowcheck.launcher.setup.UpStep;

/// The classes that the commands load, linked and kept in a file, which the script gives to the JVM: a command then
/// starts in half the time. The file is made on a running system, beside the jar, once for each build; everything works
/// without it.
public final class ClassArchive {

    private static final String STAMP = "archive";

    private final LocalFolder folder;
    private final Progress progress;

    public ClassArchive(LocalFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// What [#make] will do.
    public List<UpStep> plan() throws IOException {
        var program = System.getProperty("java.class.path");
        return program.endsWith(".jar") && !stamps(program).current(STAMP, archive(program), digest())
                ? List.of(UpStep.ARCHIVE)
                : List.of();
    }

    /// Makes the file unless this build has it. Classes that were compiled by hand get none: it is for a jar.
    ///
    /// @param command a command that uses what all commands use, with the arguments of the program before it
    public void make(String... command) {
        // As the script has named it: the JVM takes the file only for a jar that is named in the same way.
        var program = System.getProperty("java.class.path");
        if (!program.endsWith(".jar")) {
            return;
        }
        try {
            stamps(program)
                    .once(
                            STAMP,
                            archive(program),
                            digest(),
                            () -> progress.during(
                                    UpStep.ARCHIVE, () -> record(Path.of(program), archive(program), command)));
        } catch (CommandFailed | IOException | UncheckedIOException e) {
            progress.say("the commands' classes could not be recorded, so commands start slower: " + e.getMessage());
        }
    }

    private static Stamps stamps(String jar) {
        return new Stamps(Path.of(jar).resolveSibling(""));
    }

    private static Path archive(String jar) {
        return Path.of(jar.replaceFirst("\\.jar$", ".aot"));
    }

    private static String digest() {
        return System.getProperty("java.home") + " " + Runtime.version();
    }

    /// Another system's `up` may record the same build at the same time.
    private void record(Path jar, Path archive, String... command) throws IOException {
        var part = archive.resolveSibling(
                "%s.%d".formatted(archive.getFileName(), ProcessHandle.current().pid()));
        new LoggedCommands(folder.logs()).run("archive.log", recording(jar, part, command));
        Files.move(part, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    /// The JVM takes the file only if it has the options with which it was made.
    private static String[] recording(Path jar, Path archive, String... command) {
        var options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-XX:AOTCache") && !option.startsWith("-Xlog:"));
        var all = new ArrayList<String>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(options.toList());
        all.addAll(List.of("-XX:AOTCacheOutput=" + archive, "-jar", jar.toString()));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }
}

package vowcheck.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import vowcheck.launcher.setup.CommandFailed;
import vowcheck.launcher.setup.LoggedCommands;
import vowcheck.launcher.setup.Progress;
import vowcheck.launcher.setup.Stamps;
import vowcheck.launcher.setup.Tools;
import vowcheck.launcher.setup.UpStep;

/// The classes that the commands load, linked and kept in a file, which the script gives to the JVM: a command then
/// starts in half the time. The file is made on a running system, once for each build; everything works without it.
public final class ClassArchive {

    private static final String STAMP = "archive";

    /// Not absolute: the JVM takes the file only for a jar that is named in the same way.
    private static final Path TARGET = Path.of("launcher", "target");

    private static final Path JAR = TARGET.resolve("vowcheck-launcher.jar");
    private static final Path ARCHIVE = TARGET.resolve("vowcheck-launcher.aot");

    private final LocalFolder folder;
    private final Progress progress;

    public ClassArchive(LocalFolder folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /// Makes the file unless this build has it.
    ///
    /// @param command a command that uses what all commands use, with the arguments of the program before it
    public void make(String... command) {
        try {
            new Stamps(Tools.FOLDER)
                    .once(
                            STAMP,
                            ARCHIVE,
                            origin(),
                            () -> progress.during(
                                    UpStep.ARCHIVE,
                                    () -> new LoggedCommands(folder.logs()).run("archive.log", recording(command))));
        } catch (CommandFailed | IOException | UncheckedIOException e) {
            progress.say("the commands' classes could not be recorded, so commands start slower: " + e.getMessage());
        }
    }

    /// What the JVM compares before it takes the file: itself, and the jars with their times.
    private static String origin() throws IOException {
        var jars = new ArrayList<String>();
        jars.add(JAR + " " + Files.getLastModifiedTime(JAR));
        try (var libraries = Files.list(TARGET.resolve("lib"))) {
            for (var jar : libraries.sorted().toList()) {
                jars.add(jar + " " + Files.getLastModifiedTime(jar));
            }
        }
        return "%s %s %08x".formatted(System.getProperty("java.home"), Runtime.version(), jars.hashCode());
    }

    /// The JVM takes the file only if it has the options with which it was made.
    private static String[] recording(String... command) {
        var options = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> !option.startsWith("-XX:AOTCache") && !option.startsWith("-Xlog:"));
        var all = new ArrayList<String>();
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(options.toList());
        all.addAll(List.of("-XX:AOTCacheOutput=" + ARCHIVE, "-jar", JAR.toString()));
        all.addAll(List.of(command));
        return all.toArray(String[]::new);
    }
}

package vowcheck.launcher.setup;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/// What Maven has built of this program, and so of the training that it uses, copied to a folder of its own for each
/// build, which no later build changes. A command or a training task runs from there for as long as it takes, also
/// while another system's `up` builds. The script `vowcheck`, and a training task when it starts, read the file
/// `current`, which names the newest folder. Two processes must not change the copies at the same time.
///
/// @param folder the folder of the copies
public record LauncherCopies(Path folder) {

    /// The file that names the newest copy.
    public static final String CURRENT = "current";

    /// The folder of a copy that has the libraries, and the classes of this program and of the training among them.
    public static final String LIBRARIES = "lib";

    static final String JAR = "vowcheck-launcher.jar";

    /// Picocli is compiled for Java 5.
    private static final String OLD_LIBRARY = "picocli-";

    private static final String PART = "part";
    private static final Path PROCESSES = Path.of("/proc");

    /// Those that are among the tools of a clone.
    ///
    /// @param tools the folder of the tools
    public static LauncherCopies in(Path tools) {
        return new LauncherCopies(tools.resolve("launcher"));
    }

    /// Copies a build, and makes the commands that start from now on use it. Copies that no process uses are deleted.
    ///
    /// @param build names it; the same sources give the same name
    /// @param target Maven's folder
    void keep(String build, Path target) throws IOException {
        Files.createDirectories(folder);
        var former = current();
        var copy = folder.resolve(build);
        if (!Files.exists(copy)) {
            var part = folder.resolve(PART);
            FileTree.delete(part);
            try {
                copy(target, Files.createDirectory(part));
                Files.move(part, copy, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                FileTree.delete(part);
            }
        }
        // Also where the copy was there: the script takes classes that are younger than this file for compiled by hand.
        // The jar keeps its time, without which its archive of classes would not be used.
        var next = Files.writeString(folder.resolve(CURRENT + ".next"), build + "\n");
        Files.move(next, folder.resolve(CURRENT), StandardCopyOption.ATOMIC_MOVE);
        // A script may just have read the former name, and not have started its program yet.
        deleteUnused(List.of(build, former, CURRENT));
    }

    private String current() throws IOException {
        var file = folder.resolve(CURRENT);
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    private static void copy(Path target, Path copy) throws IOException {
        Files.copy(target.resolve(JAR), copy.resolve(JAR));
        Files.createDirectory(copy.resolve(LIBRARIES));
        try (var libraries = Files.list(target.resolve(LIBRARIES))) {
            for (var library : libraries.toList()) {
                copyLibrary(library, copy.resolve(LIBRARIES).resolve(library.getFileName()));
            }
        }
    }

    private static void copyLibrary(Path library, Path copy) throws IOException {
        if (library.getFileName().toString().startsWith(OLD_LIBRARY)) {
            ModernJar.copy(library, copy);
        } else {
            Files.copy(library, copy);
        }
    }

    private void deleteUnused(List<String> kept) throws IOException {
        var running = runningPrograms();
        try (var copies = Files.list(folder)) {
            for (var copy : copies.toList()) {
                var name = copy.getFileName().toString();
                if (!kept.contains(name) && !running.contains("/%s/".formatted(name))) {
                    FileTree.delete(copy);
                }
            }
        }
    }

    /// The command lines of all processes, which name the folder that a launcher runs from.
    private static String runningPrograms() throws IOException {
        try (Stream<Path> processes = Files.list(PROCESSES)) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("\\d+"))
                    .map(process -> LoggedCommands.read(process.resolve("cmdline")))
                    .collect(joining("\n"));
        }
    }
}

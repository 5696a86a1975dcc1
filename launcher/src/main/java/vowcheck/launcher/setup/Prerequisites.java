package vowcheck.launcher.setup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the local system needs on this machine besides a JDK, Python and flock. Each missing tool is named in one
/// sentence.
final class Prerequisites {

    private static final List<String> UTIL_LINUX = List.of("unshare", "setpriv");
    private static final Pattern VERSION = Pattern.compile("(?:Apache Maven |^v)(?<version>\\d+(?:\\.\\d+)*)");
    private static final int RUNNING_MB = 300;
    static final int INSTALLING_MB = 4000;

    private Prerequisites() {}

    /// Throws [CommandFailed] for the first one that is missing.
    ///
    /// @param installed whether the tools are installed already, which needs most of the disk space
    static void check(Path local, boolean installed) {
        var system = System.getProperty("os.name");
        require(
                system.equals("Linux"),
                "the local system needs Linux (on Windows: WSL 2), this is %s".formatted(system));
        requireVersion("Maven", "3.8.1", "install it (Debian: apt-get install maven)", "mvn", "-v");
        requireVersion("Node.js", "20", "install it from your system's packages", "node", "--version");
        require(onPath("npm"), "npm is needed, none was found: install it beside Node.js");
        for (var tool : UTIL_LINUX) {
            require(onPath(tool), "%s is needed, none was found: install util-linux".formatted(tool));
        }
        requireSpace(local, RUNNING_MB);
        requireSpace(Tools.FOLDER, installed ? RUNNING_MB : INSTALLING_MB);
    }

    static boolean onPath(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static void requireVersion(String name, String wanted, String hint, String... command) {
        var found = output(command)
                .map(VERSION::matcher)
                .filter(matcher -> matcher.find())
                .map(matcher -> matcher.group("version"));
        require(found.isPresent(), "%s %s or newer is needed, none was found: %s".formatted(name, wanted, hint));
        require(
                atLeast(wanted, found.orElseThrow()),
                "%s %s or newer is needed, %s was found: %s".formatted(name, wanted, found.orElseThrow(), hint));
    }

    /// Compares versions as numbers between dots.
    private static boolean atLeast(String wanted, String found) {
        return Arrays.compare(numbers(wanted), numbers(found)) <= 0;
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static void requireSpace(Path folder, int neededMb) {
        // Device, blocks of 1,024 bytes, used, available, …
        var available = output("df", "-Pk", folder.toString())
                .flatMap(table -> table.lines().skip(1).findFirst())
                .map(line -> Long.parseLong(line.split("\\s+", -1)[3]));
        var freeMb = available.orElse(0L) / 1000;
        require(
                freeMb >= neededMb,
                "%d MB of free disk are needed at %s, %d MB are free".formatted(neededMb, folder, freeMb));
    }

    /// The output of a program; empty if it cannot be run or fails.
    static Optional<String> output(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? Optional.of(output) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while '%s' was asked for its version".formatted(command[0]), e);
        }
    }

    private static void require(boolean condition, String sentence) {
        if (!condition) {
            throw new CommandFailed(sentence);
        }
    }
}

package vowcheck.launcher.command;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import vowcheck.launcher.LocalFolder;

/// What the commands say about themselves.
final class Usage {

    private Usage() {}

    /// The commands that users call, by name, in the order of the usage.
    static Map<String, CommandLine> commands() {
        var commands = new LinkedHashMap<>(root(OutputStream.nullOutputStream()).getSubcommands());
        commands.values()
                .removeIf(command -> command.getCommandSpec().usageMessage().hidden());
        return commands;
    }

    /// The help of all commands together.
    static String ofAll() {
        return root(OutputStream.nullOutputStream()).getUsageMessage(Ansi.OFF);
    }

    /// The help of a command.
    static String of(String command) {
        return Objects.requireNonNull(commands().get(command)).getUsageMessage(Ansi.OFF);
    }

    /// What a command prints that uses no local system.
    static String printed(String... command) {
        var out = new ByteArrayOutputStream();
        root(out).execute(command);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static CommandLine root(OutputStream bytes) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var clock = InstantSource.system();
        var none = Path.of("none");
        return Commands.of(new Invocation(new LocalFolder(none), none, Map.of(), clock, clock.instant(), out, out));
    }
}
